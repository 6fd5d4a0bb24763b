package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs of {@code examples/} as they are, on the samples. Their POM files: {@code mvn verify
 * -Pexamples}.
 */
class ExamplesTest {
  private static final Path HOME = Home.folder("examples").orElseThrow().getParent();
  private static final int MOST_LINES = 60;

  @TempDir private static Path classes;
  @TempDir private Path dir;

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("examples"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @BeforeAll
  static void compile() throws IOException {
    List<String> args =
        new ArrayList<>(List.of("-Xlint:all,-path,-processing", "-Werror", "-proc:none"));
    args.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
    sources().forEach(file -> args.add(file.toString()));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, args.toArray(String[]::new));
    assertThat(code).as(messages.toString(StandardCharsets.UTF_8)).isZero();
  }

  @Test
  void shouldBeOneShortFileEach() throws IOException {
    assertThat(sources()).hasSize(6);
    for (Path file : sources()) {
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MOST_LINES);
    }
  }

  static Stream<Arguments> trainings() {
    return Stream.of(
        arguments(
            "ClassifyExample",
            "cifar10",
            "backbone.network=resnet8 backbone.width=0.25 backbone.stem=FAST training.batch=100",
            "airplane: "),
        arguments(
            "DetectExample",
            "detection/bccd",
            "backbone.width=0.25 input.height=96 input.width=128 training.batch=1",
            " objects, drawn in "),
        arguments(
            "SegmentExample",
            "segmentation/camvid",
            "backbone.width=0.25 head.channels=32 input.height=96 input.width=128"
                + " augment.cropHeight=64 augment.cropWidth=64 training.batch=2",
            " % of the pixels"),
        arguments(
            "SuperresExample",
            "super-resolution",
            "network.blocks=2 network.channels=16 augment.perPicture=2 training.batch=4",
            " became Image[576x576x3]"),
        arguments(
            "MatchExample",
            ".",
            "network.width=0.25 input.height=64 input.width=64 training.batch=1"
                + " pairs.perPicture=1 extraction.keyPoints=500 extraction.levels=1"
                + " extraction.maxSide=320",
            " matches, drawn in "));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void shouldTrainExportAndRun(String name, String samples, String settings, String said)
      throws Exception {
    List<String> args = new ArrayList<>();
    args.add(HOME.resolve("samples").resolve(samples).toString());
    args.add(dir.toString());
    args.addAll(Arrays.asList(settings.split(" ")));
    args.add("training.epochs=1");

    String out = said(name, args.toArray(String[]::new));

    assertThat(out).contains("trained in ", "exported ", said);
    assertThat(dir.resolve("model.onnx")).isNotEmptyFile();
  }

  /** What the program prints; its class loader sees what the tests see. */
  private static String said(String name, String... args) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      System.setOut(print);
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) args);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** In a process of its own, whose class path holds nothing else. */
  @Test
  void shouldRunAModelFileWithThreeJars() throws Exception {
    String classPath =
        Stream.of(Predictor.class, UserError.class, OrtSession.class)
            .map(type -> Path.of(location(type)).toString())
            .collect(Collectors.joining(File.pathSeparator, classes + File.pathSeparator, ""));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "DeployOnly",
                HOME.resolve("zoo/resnet14-x4-cifar10.onnx").toString(),
                HOME.resolve("docs/tutorials/pictures/ship.png").toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out).contains("most likely: ship");
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}

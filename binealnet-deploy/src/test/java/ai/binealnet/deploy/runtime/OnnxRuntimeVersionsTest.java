package ai.binealnet.deploy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.parity.Golden;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file on other releases of ONNX Runtime, with the library and without it. Runs where the
 * Maven profile {@code outside} has put their jars; leaves the models there for the programs in C
 * and Python.
 */
class OnnxRuntimeVersionsTest {
  /** Trained, and written by an earlier state of this project. */
  private static final Path TRAINED = Path.of("..", "zoo");

  private static Path models;

  @BeforeAll
  static void writeModels() throws IOException {
    assumeTrue(Outside.isAsked(), "needs the profile outside");
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    models = Outside.empty("models");
    for (Map.Entry<String, ModelGraph> entry : RandomNets.exact().entrySet()) {
      Path file = models.resolve(entry.getKey() + ".onnx");
      Exporter.export(entry.getValue(), ModelKind.BINARY, file);
    }
    for (Path file : Outside.list(TRAINED, ".onnx")) {
      Files.copy(file, models.resolve(file.getFileName()));
    }
    for (Path file : Outside.list(models, ".onnx")) {
      Files.write(Path.of(file.toString().replace(".onnx", ".pixels")), goldenPixels(file));
    }
  }

  private static byte[] goldenPixels(Path file) {
    try (Predictor model = Predictor.open(file, 1)) {
      return Golden.images(Golden.IMAGES, model.height(), model.width(), model.channels()).values();
    }
  }

  static List<Path> jars() throws IOException {
    return Outside.isAsked() ? Outside.jars() : List.of(Path.of("none"));
  }

  @ParameterizedTest
  @MethodSource("jars")
  void shouldComputeTheSameBits(Path jar) throws Exception {
    String kernels = KernelSet.name();
    String version = jar.getFileName().toString().replaceAll("onnxruntime-|\\.jar", "");
    List<Path> files = Outside.list(models, ".onnx");
    assertThat(files).hasSizeGreaterThan(RandomNets.exact().size());
    assertThat(run(jar).lines())
        .containsExactlyElementsOf(
            files.stream().map(file -> line(version, file, kernels)).toList());
  }

  private static String line(String version, Path model, String kernels) {
    return "%s: %s on %s and functions".formatted(version, model.getFileName(), kernels);
  }

  /** Prints a line for each model of a folder whose outputs are the reference's, both ways. */
  static final class Check {
    private Check() {}

    public static void main(String[] args) throws Exception {
      for (Path model : Outside.list(Path.of(args[0]), ".onnx")) {
        if (holds(model, Kernels.AUTOMATIC) && holds(model, Kernels.FUNCTIONS)) {
          String version = OrtSessions.environment().getVersion();
          System.out.println(line(version, model, KernelSet.name()));
        }
      }
    }

    private static boolean holds(Path model, Kernels kernels) {
      try (Predictor predictor = Predictor.open(model, 2, kernels)) {
        return Golden.holds(predictor);
      }
    }
  }

  /** In a process of its own, whose class path has that jar in the place of the project's. */
  private static String run(Path jar) throws Exception {
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> isOnnxRuntime(Path.of(entry)) ? jar.toString() : entry)
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-cp", path, Check.class.getName(), models.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isOnnxRuntime(Path entry) {
    return entry.getFileName().toString().matches("onnxruntime-[0-9.]+\\.jar");
  }
}

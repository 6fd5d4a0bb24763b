package ai.binealnet.deploy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.parity.Activation;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One file on other releases of ONNX Runtime, with the library and without it. Runs where the Maven
 * profile {@code outside} has put their jars; leaves the models there for the programs in C and
 * Python.
 */
class OnnxRuntimeVersionsTest {
  private static final Map<String, ModelGraph> GRAPHS =
      Map.of(
          "bineal", RandomNets.bineal(1, 33, 30, 40, 64, true),
          "stream", RandomNets.stream(2, 36, 32, 40, 64, true, true),
          "shortcut", RandomNets.stream(3, 16, 12, 32, 64, false, false),
          "real", RandomNets.block(5, 11, 8, 20, WeightType.BINARY, true));

  private static final Path MODELS = Outside.FOLDER.resolve("models");

  @BeforeAll
  static void writeModels() throws IOException {
    assumeTrue(Outside.isAsked(), "needs the profile outside");
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    Files.createDirectories(MODELS);
    for (Map.Entry<String, ModelGraph> entry : GRAPHS.entrySet()) {
      ModelGraph graph = entry.getValue();
      Exporter.export(graph, ModelKind.BINARY, MODELS.resolve(entry.getKey() + ".onnx"));
      Activation.Pixels images =
          Golden.images(Golden.IMAGES, graph.height(), graph.width(), graph.channels());
      Files.write(MODELS.resolve(entry.getKey() + ".pixels"), images.values());
    }
  }

  static List<Path> jars() throws IOException {
    if (!Outside.isAsked()) {
      return List.of(Path.of("none"));
    }
    try (Stream<Path> files = Files.list(Outside.FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void shouldComputeTheSameBits(Path jar) throws Exception {
    String kernels = KernelSet.name();
    String version = jar.getFileName().toString().replaceAll("onnxruntime-|\\.jar", "");
    assertThat(run(jar).lines())
        .containsExactlyInAnyOrderElementsOf(
            GRAPHS.keySet().stream()
                .map(name -> "%s %s.onnx on %s and functions".formatted(version, name, kernels))
                .toList());
  }

  /** Prints a line for each model of a folder whose outputs are the reference's, both ways. */
  static final class Check {
    private Check() {}

    public static void main(String[] args) throws Exception {
      try (Stream<Path> models = Files.list(Path.of(args[0]))) {
        for (Path model : models.filter(file -> file.toString().endsWith(".onnx")).toList()) {
          if (holds(model, Kernels.AUTOMATIC) && holds(model, Kernels.FUNCTIONS)) {
            System.out.printf(
                "%s %s on %s and functions%n",
                OrtSessions.environment().getVersion(), model.getFileName(), KernelSet.name());
          }
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
        new ProcessBuilder(java, "-cp", path, Check.class.getName(), MODELS.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isOnnxRuntime(Path entry) {
    return entry.getFileName().toString().matches("onnxruntime-[0-9.]+\\.jar");
  }
}

package ai.binealnet.deploy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.parity.Activation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {
  private static final ModelGraph GRAPH = RandomNets.bineal(1, 12, 10, 16, 32, false);
  private static final Activation.Pixels IMAGES = RandomGraph.images(new Random(2), 2, 12, 10);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeModel() {
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
    file = folder.resolve("model.onnx");
    Exporter.export(GRAPH, ModelKind.BINARY, file);
  }

  @Test
  void shouldUnpackForThisUserOnly() throws Exception {
    Path library = NativeLibrary.file();

    assertThat(library).isRegularFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library.getParent())))
        .isEqualTo("rwx------");
    assertThat(NativeLibrary.file()).isEqualTo(library);
  }

  @Test
  void shouldRefuseADamagedLibrary() {
    assertThatThrownBy(() -> NativeLibrary.verify("lib.so", "00", "11"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("lib.so")
        .hasMessageContaining("damaged");
  }

  @Test
  void shouldNameTheKernels() throws Exception {
    assertThat(KernelSet.name()).isIn("scalar", "avx2", "avx512", "neon", "neondot");
  }

  @ParameterizedTest(name = "BINEALNET_ISA={0}")
  @CsvSource({"scalar", "avx2", "avx512", "neon", "neondot", "mmx"})
  void shouldGiveTheSameResultsOnEveryInstructionSet(String isa) throws Exception {
    String output = inProcess(OneRun.class, isa, file.toString());
    if (output.contains("cannot run the") || output.contains("there are no kernels named")) {
      assertThat(isa).as(output).isNotEqualTo("scalar").isNotEqualTo(KernelSet.name());
      return;
    }
    try (Predictor functions = Predictor.open(file, 1, Kernels.FUNCTIONS)) {
      assertThat(output).isEqualTo(isa + " " + result(functions));
    }
  }

  /** Prints the kernels' name and the logits. */
  static final class OneRun {
    private OneRun() {}

    public static void main(String[] args) throws Exception {
      try (Predictor predictor = Predictor.open(Path.of(args[0]), 1)) {
        System.out.print(KernelSet.name() + " " + result(predictor));
      }
    }
  }

  private static String result(Predictor predictor) {
    return Arrays.toString(predictor.run(IMAGES.values(), 2).get("logits").values());
  }

  /** What a class prints in a process of its own; options of Java, then its one argument. */
  private static String inProcess(Class<?> main, String isa, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED"); // else newer JDKs warn among the output
    command.addAll(List.of(arguments).subList(0, arguments.length - 1));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(arguments[arguments.length - 1]);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BINEALNET_ISA", isa);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void shouldServeManyThreadsAtOnce() throws Exception {
    run(8, 1_000);
  }

  /** Runs a model again and again and prints by how many bytes the process grew. */
  static final class Growth {
    private Growth() {}

    public static void main(String[] args) throws Exception {
      try (Predictor predictor = Predictor.open(Path.of(args[0]), 2)) {
        long before = 0;
        for (int i = 0; i < 150_000; i++) {
          if (i == 50_000) {
            before = residentBytes();
          }
          predictor.run(IMAGES.values(), 2);
        }
        System.out.print(residentBytes() - before);
      }
    }

    private static long residentBytes() throws Exception {
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
      return Long.parseLong(pages[1]) * 4096;
    }
  }

  @Test
  @Tag("slow")
  void shouldNotGrow() throws Exception {
    String grown =
        inProcess(Growth.class, "", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", file.toString());
    assertThat(Long.parseLong(grown)).as("bytes in 100,000 runs").isLessThan(4L << 20);
  }

  private void run(int threads, int runs) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Predictor predictor = Predictor.open(file, 2)) {
      float[] expected = predictor.run(IMAGES.values(), 2).get("logits").values();
      Callable<Integer> task =
          () -> {
            int different = 0;
            for (int i = 0; i < runs; i++) {
              float[] actual = predictor.run(IMAGES.values(), 2).get("logits").values();
              different += Arrays.equals(expected, actual) ? 0 : 1;
            }
            return different;
          };
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(pool.submit(task));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    } finally {
      pool.shutdown();
    }
  }
}

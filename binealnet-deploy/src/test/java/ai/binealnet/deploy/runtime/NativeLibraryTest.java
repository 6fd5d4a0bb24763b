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
    String output = inProcess(isa, file.toString());
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

  private static String inProcess(String isa, String argument) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), OneRun.class.getName(), argument);
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

  @Test
  @Tag("slow")
  void shouldNotGrow() throws Exception {
    run(1, 5_000);
    long before = residentBytes();
    run(1, 100_000);
    assertThat(residentBytes() - before).isLessThan(16L << 20);
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

  private static long residentBytes() throws Exception {
    System.gc();
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096;
  }
}

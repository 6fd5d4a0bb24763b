package ai.binealnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.lower.OperatorNames;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.parity.LayerParity;
import ai.binealnet.deploy.parity.OrtImplementation;
import ai.binealnet.deploy.parity.ParityCheck;
import ai.binealnet.deploy.parity.ParityReport;
import ai.binealnet.deploy.parity.RealExecutor;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.NativeLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Float definition, packed reference and ONNX Runtime on the written file, bit for bit. */
class OnnxParityTest {
  @TempDir Path folder;

  private static Set<String> networks() {
    return RandomNets.exact().keySet();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeEveryNetworkBitForBit(String name) {
    compare(RandomNets.exact().get(name), name.hashCode());
  }

  @ParameterizedTest(name = "seed {0}, {1}x{2}, {3} channels, bits {4}, scale {5}: {6}")
  @CsvSource({
    "1, 7, 7, 96, true, 0, BinaryGlobalAveragePool",
    "2, 1, 127, 31, true, 0, BinaryGlobalAveragePool",
    "3, 16, 17, 33, true, 0.015625, BinaryGlobalAveragePool",
    "4, 1, 1, 1, true, 0, BinaryGlobalAveragePool",
    "5, 8, 16, 40, true, 0, GlobalAveragePool",
    "6, 7, 7, 96, false, 0.03125, StreamGlobalAveragePool",
    "7, 5, 3, 65, false, 0.0078125, StreamGlobalAveragePool",
    "8, 17, 16, 31, false, 0.0625, StreamGlobalAveragePool",
    "9, 1, 1, 32, false, 0, StreamGlobalAveragePool",
    "10, 1, 2, 9, false, 0, GlobalAveragePool",
  })
  void shouldComputeHeadsBitForBit(
      long seed, int height, int width, int channels, boolean bits, float scale, String pool) {
    ModelGraph graph = RandomNets.head(seed, height, width, channels, bits, scale);
    compare(graph, seed);

    assertThat(Lowering.lower(graph).graph().nodes())
        .extracting(OperatorNames::of)
        .containsOnlyOnce(pool);
  }

  /** The convolution and the transposition behind it must not both be named as the value. */
  @Test
  void shouldComputeConvolutionsThatNothingFollows() {
    RandomGraph g = new RandomGraph(11);
    String x = g.eightBitConv("stem", g.normalize(), 3, 8, ConvGeometry.same(3, 1));
    String bits = g.binarize("act", g.norm("norm", x, 8, 1), 8);
    String a = g.binaryConv("a", bits, 8, 8, ConvGeometry.same(3, 1));
    String b = g.binaryConv("b", bits, 8, 8, ConvGeometry.same(1, 1));
    compare(g.build(9, 7, g.add("sum", a, b)), 11);
  }

  private void compare(ModelGraph graph, long seed) {
    Lowered lowered = Lowering.lower(graph);
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(lowered.graph(), file);
    try (OrtImplementation functions = new OrtImplementation(file, lowered.graph(), 1);
        OrtImplementation kernels =
            new OrtImplementation(file, lowered.graph(), 2, Kernels.AUTOMATIC)) {
      ParityCheck check =
          new ParityCheck(lowered, List.of(functions, kernels, new RealExecutor(graph)));
      Random random = new Random(seed);
      check.check(RandomGraph.images(random, 3, graph.height(), graph.width()));
      check.check(RandomGraph.images(random, 1, graph.height(), graph.width()));
      ParityReport report = check.report();
      assertThat(report.layers()).as("seed %d", seed).allMatch(layer -> layer.mismatches() == 0);
      assertThat(report.layers()).extracting(LayerParity::numbers).doesNotContain(0L);
      assertThat(report.bitExact()).isTrue();
      assertThat(report.implementations())
          .containsExactly(
              "reference",
              "onnxruntime",
              NativeLibrary.isPresent() ? "native" : "onnxruntime",
              "float");
      assertThat(report.images()).isEqualTo(4);
    }
  }
}

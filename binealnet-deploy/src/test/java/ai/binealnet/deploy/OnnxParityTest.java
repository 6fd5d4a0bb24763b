package ai.binealnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

package ai.binealnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.parity.OrtImplementation;
import ai.binealnet.deploy.parity.ParityCheck;
import ai.binealnet.deploy.parity.RealExecutor;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.CalibrationMethod;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One file for pictures of every size. */
class AnySizeTest {
  @TempDir Path folder;

  static List<ModelGraph> networks() {
    return List.of(
        DenseNets.superResolution(1, 6, 8, 24, 2).withAnySize(1),
        DenseNets.superResolution(2, 5, 4, 32, 3).withAnySize(1),
        DenseNets.dilated(3, 16, 12, 40).withAnySize(1),
        DenseNets.stream(4, 8, 12, 24, 40).withAnySize(2),
        DenseNets.bineal(5, 8, 12, 33, 24).withAnySize(2),
        RandomNets.bitsOfPixels(6, 7, 5, 40).withAnySize(1),
        RandomNets.bitsOfReals(7, 9, 6, 33).withAnySize(1));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeEverySizeBitForBit(ModelGraph graph) {
    Path file = folder.resolve("model.onnx");
    Exporter.export(graph, ModelKind.BINARY, file);
    Lowered lowered = Lowering.lower(graph);
    int m = graph.sizeMultiple();
    try (OrtImplementation functions = new OrtImplementation(file, lowered.graph(), 1);
        OrtImplementation kernels =
            new OrtImplementation(file, lowered.graph(), 2, Kernels.AUTOMATIC)) {
      ParityCheck check =
          new ParityCheck(lowered, List.of(functions, kernels, new RealExecutor(graph)));
      Random random = new Random(1);
      check.check(RandomGraph.images(random, 2, graph.height(), graph.width()));
      check.check(RandomGraph.images(random, 1, 11 * m, 3 * m));
      check.check(RandomGraph.images(random, 3, m, 13 * m));
      check.check(RandomGraph.images(random, 1, 37 * m, 29 * m));
      check.check(RandomGraph.images(random, 1, m, m));
      assertThat(check.report().layers()).allMatch(layer -> layer.mismatches() == 0);
      assertThat(check.report().bitExact()).isTrue();
    }
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThat(Golden.holds(predictor)).isTrue();
      assertThat(predictor.height()).isEqualTo(graph.height());
      assertThat(predictor.size().multiple()).isEqualTo(m);
    }
  }

  /** In float32 and 8 bits the size is as free as in the binary form. */
  @Test
  void shouldBeFreeInOtherFormsToo() {
    ModelGraph graph = DenseNets.real(8, 12, 10, 16).withAnySize(2);
    Path real = folder.resolve("real.onnx");
    Path int8 = folder.resolve("int8.onnx");
    Exporter.export(graph, ModelKind.FP32, real);
    byte[] images = RandomGraph.images(new Random(2), 8, 12, 10).values();
    Exporter.exportInt8(graph, new Calibration(images, 8, CalibrationMethod.MIN_MAX), int8);

    for (Path file : List.of(real, int8)) {
      try (Predictor predictor = Predictor.open(file, 1)) {
        assertThat(noise(predictor, graph, 12, 10)).isLessThan(0.06);
        assertThat(noise(predictor, graph, 6, 34)).isLessThan(0.06);
      }
    }
  }

  /** Of all outputs, relative to their size. */
  private static double noise(Predictor predictor, ModelGraph graph, int height, int width) {
    Activation.Pixels images = RandomGraph.images(new Random(3), 2, height, width);
    Map<String, Activation> expected = new RealExecutor(graph).run(images);
    Map<String, FloatTensor> actual = predictor.run(images.values(), 2, height, width);
    double signal = 0;
    double noise = 0;
    for (String output : graph.outputs()) {
      Activation.Real real = (Activation.Real) expected.get(output);
      FloatTensor tensor = actual.get(output);
      assertThat(tensor.shape()).containsExactly(2, real.height(), real.width(), real.channels());
      for (int i = 0; i < real.values().length; i++) {
        signal += Math.pow(real.values()[i], 2);
        noise += Math.pow(real.values()[i] - tensor.values()[i], 2);
      }
    }
    return Math.sqrt(noise / signal);
  }

  @Test
  void shouldRefuseSizesThatDoNotFit() {
    Path file = folder.resolve("model.onnx");
    Exporter.export(DenseNets.stream(4, 8, 12, 24, 40).withAnySize(2), ModelKind.BINARY, file);
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThatThrownBy(() -> predictor.run(new byte[7 * 8 * 3], 1, 7, 8))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("height and width multiples of 2")
          .hasMessageContaining("7 x 8");
      assertThatThrownBy(() -> predictor.run(new byte[0], 1, 0, 8)).isInstanceOf(UserError.class);
      assertThatThrownBy(() -> predictor.run(new byte[100], 1, 8, 8))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("1 images of 8 x 8 x 3 bytes");
    }
  }

  @Test
  void shouldRefuseNetworksThatDependOnTheSize() {
    ModelGraph pooled = RandomNets.bineal(1, 16, 16, 24, 48, false);
    assertThatThrownBy(() -> pooled.withAnySize(1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("averages over the whole picture")
        .hasMessageContaining("pool");
    ModelGraph halved = DenseNets.stream(4, 8, 12, 24, 40).withAnySize(1);
    assertThatThrownBy(() -> Exporter.export(halved, ModelKind.BINARY, folder.resolve("x.onnx")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("does not take all multiples of 1")
        .hasMessageContaining("lateral.sum adds");
    assertThatThrownBy(() -> DenseNets.stream(4, 8, 12, 24, 40).withAnySize(5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package ai.binealnet.deploy.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.DenseNets;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.RealExecutor;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizedFileTest {
  private static final int CHANNELS = 16;

  @TempDir Path folder;

  /** All that residual networks have: stem, maximum, identity and projected shortcuts, head. */
  private static ModelGraph residual(long seed) {
    RandomGraph g = new RandomGraph(seed);
    String x = conv(g, "stem.conv", g.normalize(), 3, ConvGeometry.same(7, 2));
    x = g.maxPool("pool", g.relu("stem.relu", x, CHANNELS), ConvGeometry.same(3, 2));
    String y = conv(g, "conv1", x, CHANNELS, ConvGeometry.same(3, 1));
    y = conv(g, "conv2", g.relu("relu1", y, CHANNELS), CHANNELS, ConvGeometry.same(3, 1));
    x = g.relu("relu2", g.add("sum1", y, x), CHANNELS);
    y = conv(g, "conv3", x, CHANNELS, ConvGeometry.same(3, 2));
    String skip = conv(g, "skip", x, CHANNELS, ConvGeometry.same(1, 2));
    x = g.relu("relu3", g.add("sum2", y, skip), CHANNELS);
    x = g.globalPool("head.pool", x, 9);
    return g.build(20, 20, g.linear("logits", x, CHANNELS, 7, WeightType.FLOAT));
  }

  private static String conv(RandomGraph g, String name, String x, int in, ConvGeometry window) {
    String y = g.conv(name, x, in, CHANNELS, window, WeightType.FLOAT, false);
    return g.norm(name + ".norm", y, CHANNELS, 1);
  }

  private static Calibration calibration(ModelGraph graph, CalibrationMethod method) {
    byte[] images = RandomGraph.images(new Random(2), 8, graph.height(), graph.width()).values();
    return new Calibration(images, 8, method);
  }

  private ExportReport export(ModelGraph graph, Path file) {
    return Exporter.exportInt8(graph, calibration(graph, CalibrationMethod.DEFAULT), file);
  }

  @Test
  void shouldRunInIntegersFromPixelsToLogits() throws Exception {
    Path file = folder.resolve("int8.onnx");
    ExportReport report = export(residual(1), file);
    assertThat(OptimizedGraph.of(file, folder.resolve("optimized.onnx")).operators())
        .isEqualTo(
            Map.of(
                "QLinearConv", 5,
                "QLinearAdd", 2,
                "NhwcMaxPool", 1,
                "QLinearGlobalAveragePool", 1,
                "Transpose", 1, // of the pooled vector
                "Flatten", 1,
                "QGemm", 1));
    assertThat(report.kind()).isEqualTo(ModelKind.INT8);
    assertThat(report.bytes()).isEqualTo(Files.size(file));
    assertThat(report.notAccelerated()).isEmpty();
    assertThat(report.layers())
        .hasSize(6)
        .allMatch(layer -> layer.inputBits() == 8 && layer.weightBits() == 8);
  }

  @Test
  void shouldEnlargeInIntegers() throws Exception {
    ModelGraph graph = DenseNets.real(12, 12, 10, CHANNELS);
    Path file = folder.resolve("int8.onnx");
    ExportReport report = export(graph, file);

    assertThat(OptimizedGraph.of(file, folder.resolve("optimized.onnx")).operators())
        .containsEntry("QLinearConv", 5)
        .containsEntry("QLinearAdd", 1)
        .containsEntry("Resize", 1)
        .containsEntry("DepthToSpace", 1)
        .containsEntry("DequantizeLinear", 2)
        .doesNotContainKeys("Conv", "Add", "QuantizeLinear");
    assertThat(report.notAccelerated()).isEmpty();
    assertThat(signalToNoise(graph, file)).isGreaterThan(25);
  }

  @Test
  void shouldUseZeroPointZeroBehindReluAndTheWholeRangeElsewhere() throws Exception {
    Path file = folder.resolve("int8.onnx");
    export(residual(1), file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    for (String value : new String[] {"stem.relu", "pool", "relu1", "relu2", "relu3"}) {
      assertThat(zeroPoint(model, value)).as(value).isZero();
    }
    for (String value : new String[] {"conv2.norm", "conv3.norm", "skip.norm"}) {
      assertThat(zeroPoint(model, value)).as(value).isBetween(1, 254);
    }
  }

  private static int zeroPoint(ModelProto model, String value) {
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (tensor.getName().equals(value + "/q/zero")) {
        assertThat(tensor.getDataType()).isEqualTo(TensorProto.DataType.UINT8.getNumber());
        return tensor.getRawData().byteAt(0) & 0xff;
      }
    }
    throw new AssertionError(value + " has no zero point");
  }

  @Test
  void shouldComputeNearlyWhatTheFloatGraphComputes() {
    for (CalibrationMethod method : CalibrationMethod.values()) {
      for (ModelGraph graph : new ModelGraph[] {residual(3), RandomNets.real(4, 14, 14, 12)}) {
        Path file = folder.resolve("int8.onnx");
        Exporter.exportInt8(graph, calibration(graph, method), file);
        assertThat(signalToNoise(graph, file)).as(method.label()).isGreaterThan(25);
      }
    }
  }

  /** In decibels, over all outputs, on images that were not calibrated on. */
  private static double signalToNoise(ModelGraph graph, Path file) {
    Activation.Pixels images = RandomGraph.images(new Random(9), 4, graph.height(), graph.width());
    Map<String, Activation> expected = new RealExecutor(graph).run(images);
    double signal = 0;
    double noise = 0;
    try (Predictor predictor = Predictor.open(file, 1)) {
      for (Map.Entry<String, FloatTensor> entry : predictor.run(images.values(), 4).entrySet()) {
        float[] real = ((Activation.Real) expected.get(entry.getKey())).values();
        for (int i = 0; i < real.length; i++) {
          signal += real[i] * real[i];
          noise += Math.pow(entry.getValue().values()[i] - real[i], 2);
        }
      }
    }
    return 10 * Math.log10(signal / noise);
  }

  @Test
  void shouldLeaveInFloatAndReportWhatHasNoEightBitForm() throws Exception {
    RandomGraph g = new RandomGraph(5);
    String x = conv(g, "conv1", g.normalize(127.5f, 60), 3, ConvGeometry.same(3, 1));
    x = g.averagePool("average", g.prelu("prelu", x, CHANNELS), 2);
    ModelGraph graph = g.build(8, 12, conv(g, "conv2", x, CHANNELS, ConvGeometry.same(3, 1)), x);
    Path file = folder.resolve("int8.onnx");

    ExportReport report = export(graph, file);

    assertThat(report.notAccelerated())
        .extracting(LayerReport::name)
        .containsExactly("normalize", "prelu");
    assertThat(report.notAccelerated()).noneMatch(layer -> layer.reason().isBlank());
    assertThat(OptimizedGraph.of(file, folder.resolve("optimized.onnx")).operators())
        .containsEntry("QLinearConv", 2)
        .containsEntry("QLinearAveragePool", 1)
        .containsEntry("PRelu", 1)
        .doesNotContainKeys("Conv", "AveragePool");
    assertThat(signalToNoise(graph, file)).isGreaterThan(25);
  }

  @Test
  void shouldWriteTheSameBytesForTheSameGraph() throws Exception {
    Path one = folder.resolve("one.onnx");
    Path two = folder.resolve("two.onnx");
    export(residual(6), one);
    export(residual(6), two);
    assertThat(two).hasSameBinaryContentAs(one);
    try (Predictor model = Predictor.open(one, 1)) {
      assertThat(model.metadata())
          .containsEntry(Exporter.KIND, "int8")
          .containsEntry(Exporter.CALIBRATION, "8 images, " + CalibrationMethod.DEFAULT.label())
          .containsEntry("task", "test");
    }
  }

  @Test
  void shouldRefuseCalibrationImagesThatDoNotFit() {
    ModelGraph graph = residual(7);
    Path file = folder.resolve("int8.onnx");
    assertThatThrownBy(() -> Exporter.exportInt8(graph, new Calibration(new byte[0], 0), file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("at least one calibration image");
    assertThatThrownBy(
            () -> Exporter.exportInt8(graph, new Calibration(new byte[2 * 3072], 2), file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2 images of 20 x 20 x 3 = 2400 bytes")
        .hasMessageContaining("6144 bytes");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldRefuseANetworkThatHasDiverged() {
    RandomGraph g = new RandomGraph(8);
    String x =
        g.conv("conv", g.normalize(), 3, 4, ConvGeometry.same(3, 1), WeightType.FLOAT, false);
    x = g.affine("norm", x, RandomGraph.filled(4, Float.NaN), new float[4]);
    ModelGraph graph = g.build(8, 8, x);
    assertThatThrownBy(() -> export(graph, folder.resolve("int8.onnx")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot quantize norm")
        .hasMessageContaining("diverged");
  }

  @Test
  void shouldAskForCalibrationImages() {
    assertThatThrownBy(
            () -> Exporter.export(residual(1), ModelKind.INT8, folder.resolve("int8.onnx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exportInt8");
  }
}

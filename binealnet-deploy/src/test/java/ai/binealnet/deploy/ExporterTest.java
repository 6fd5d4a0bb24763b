package ai.binealnet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.RealExecutor;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
  @TempDir Path folder;

  @Test
  void shouldReportEveryLayer() throws Exception {
    Path file = folder.resolve("model.onnx");
    ExportReport report =
        Exporter.export(RandomNets.bineal(1, 16, 16, 24, 48, false), ModelKind.BINARY, file);

    assertThat(report.bytes()).isEqualTo(Files.size(file));
    assertThat(report.binaryLayers()).isEqualTo(6);
    assertThat(report.layers()).hasSize(8);
    assertThat(report.notAccelerated()).isEmpty();
  }

  @Test
  void shouldWriteTheSameBytesForTheSameGraph() throws Exception {
    for (ModelKind kind : List.of(ModelKind.BINARY, ModelKind.FP32, ModelKind.QONNX)) {
      Path one = folder.resolve("one.onnx");
      Path two = folder.resolve("two.onnx");
      Exporter.export(RandomNets.stream(7, 16, 16, 24, 48, true, true), kind, one);
      Exporter.export(RandomNets.stream(7, 16, 16, 24, 48, true, true), kind, two);
      assertThat(two).hasSameBinaryContentAs(one);
    }
  }

  @Test
  void shouldStoreBinaryLayersAtLeastTwentyTimesSmallerThanFloat() {
    ModelGraph graph = RandomNets.bineal(1, 16, 16, 96, 192, false);
    List<LayerReport> packed =
        Exporter.export(graph, ModelKind.BINARY, folder.resolve("binary.onnx")).layers();
    List<LayerReport> real =
        Exporter.export(graph, ModelKind.FP32, folder.resolve("fp32.onnx")).layers();

    assertThat(bytes(real)).isGreaterThan(20 * bytes(packed));
  }

  private static long bytes(List<LayerReport> layers) {
    return layers.stream().filter(LayerReport::isBinary).mapToLong(LayerReport::bytes).sum();
  }

  @Test
  void shouldComputeTheSameInFloatFilesUpToRounding() {
    ModelGraph packable = RandomNets.bineal(5, 12, 12, 16, 32, true);
    ModelGraph real = RandomNets.real(6, 13, 11, 12);
    ModelGraph streams = RandomNets.stream(7, 12, 12, 16, 32, false, true);

    ModelGraph dense = DenseNets.stream(8, 12, 10, 16, 32);
    ModelGraph pixels = DenseNets.superResolution(9, 7, 5, 16, 3);

    for (ModelGraph graph : List.of(packable, real, streams, dense, pixels)) {
      compare(graph, ModelKind.FP32);
    }
  }

  @Test
  void shouldComputeVariantsWithRealLayersUpToRounding() {
    ModelGraph weights = RandomNets.block(8, 12, 11, 12, WeightType.BINARY, false);
    ModelGraph activations = RandomNets.block(9, 12, 11, 12, WeightType.FLOAT, true);

    compare(weights, ModelKind.BINARY);
    compare(activations, ModelKind.BINARY);
  }

  @Test
  void shouldComputeEveryOperatorThatNetworksSeldomUse() {
    RandomGraph g = new RandomGraph(10);
    ConvGeometry same = ConvGeometry.same(3, 1);
    String stem = g.norm("norm", g.eightBitConv("conv", g.normalize(), 3, 12, same), 12, 1);
    String x = g.binarize("act", g.maxPool("pool", stem, ConvGeometry.same(3, 2)), 12);
    String dilated = g.binaryConv("dilated", x, 12, 12, new ConvGeometry(3, 3, 1, 2, 2));
    String y = g.averagePool("average", g.relu("relu", g.norm("norm2", dilated, 12, 108), 12), 2);
    String signs = g.binarize("sign", y, g.gaussian(12, 1), g.gaussian(12, 1), g.gaussian(12, 1));
    String z = g.conv("plain", signs, 12, 5, same, WeightType.INT8, true);
    compare(g.build(12, 8, z, y, x), ModelKind.BINARY);
  }

  private void compare(ModelGraph graph, ModelKind kind) {
    Path file = folder.resolve("model.onnx");
    Exporter.export(graph, kind, file);
    Activation.Pixels images = RandomGraph.images(new Random(1), 2, graph.height(), graph.width());
    Map<String, Activation> expected = new RealExecutor(graph).run(images);
    try (Predictor predictor = Predictor.open(file, 1)) {
      Map<String, FloatTensor> actual = predictor.run(images.values(), 2);
      assertThat(actual.keySet()).containsExactlyElementsOf(graph.outputs());
      actual.forEach(
          (name, tensor) -> {
            float[] values = ((Activation.Real) expected.get(name)).values();
            assertThat(tensor.values()).as("%s of %s", name, kind).hasSameSizeAs(values);
            assertThat(tensor.values()).containsExactly(values, within(1e-3f));
          });
    }
  }

  @Test
  void shouldRefuseAFolderThatIsNotThere() {
    ModelGraph graph = RandomNets.real(1, 8, 8, 8);
    Path file = folder.resolve("missing/model.onnx");

    assertThatThrownBy(() -> Exporter.export(graph, ModelKind.FP32, file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model.onnx");
    assertThat(folder).isEmptyDirectory();
  }
}

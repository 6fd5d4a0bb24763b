package ai.binealnet.deploy.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.DenseNets;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.RealExecutor;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QonnxTest {
  private static final String DOMAIN = "qonnx.custom_op.general";
  private static final int BATCH = 3;

  @TempDir Path folder;

  static List<ModelGraph> networks() {
    return List.of(
        RandomNets.bineal(1, 17, 13, 24, 48, false),
        RandomNets.bineal(2, 16, 16, 8, 40, true),
        RandomNets.stream(3, 16, 12, 24, 48, false, false),
        RandomNets.stream(4, 19, 20, 8, 40, true, true),
        RandomNets.block(5, 11, 8, 20, WeightType.BINARY, true),
        DenseNets.stream(6, 10, 14, 24, 40),
        DenseNets.superResolution(7, 7, 5, 24, 3));
  }

  static List<ModelGraph> networksWithRealLayers() {
    return List.of(
        RandomNets.block(6, 9, 8, 20, WeightType.BINARY, false),
        RandomNets.block(7, 9, 8, 20, WeightType.FLOAT, true),
        RandomNets.real(8, 13, 11, 12));
  }

  /** The optimizer of ONNX Runtime folds norms into the weights, which rounds differently. */
  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeTheSameBitsOnStockOnnxRuntimeWithoutItsOptimizer(ModelGraph graph)
      throws Exception {
    Activation.Pixels images = images(graph);
    assertThat(run(export(graph), images, OptLevel.NO_OPT)).containsExactly(logits(graph, images));
  }

  @ParameterizedTest
  @MethodSource({"networks", "networksWithRealLayers"})
  void shouldComputeTheSameLogitsUpToRounding(ModelGraph graph) {
    Activation.Pixels images = images(graph);
    float[] expected = logits(graph, images);
    try (Predictor predictor = Predictor.open(export(graph), 1)) {
      float[] actual = predictor.run(images.values(), BATCH).get(graph.outputs().get(0)).values();
      assertThat(actual).hasSameSizeAs(expected);
      assertThat(actual).containsExactly(expected, within(1e-3f));
    }
  }

  @Test
  void shouldKeepSignsOfEveryActivation() throws Exception {
    RandomGraph g = new RandomGraph(9);
    String stem = g.eightBitConv("conv", g.normalize(), 3, 8, ConvGeometry.same(3, 1));
    float[] zero = new float[8];
    float[] one = RandomGraph.filled(8, 1);
    String always = g.binarize("always", stem, zero, zero, one); // tau 0, b1 > 0: always +1
    String never = g.binarize("never", stem, zero, zero, RandomGraph.filled(8, -1e30f));
    String plain = g.binarize("plain", stem, zero, one, zero);
    String folded = g.binarize("folded", stem, g.gaussian(8, 1), g.gaussian(8, 1), zero);
    ModelGraph graph = g.build(9, 8, always, never, plain, folded);
    Activation.Pixels images = images(graph);
    Map<String, Activation> expected = new RealExecutor(graph).run(images);
    try (Predictor predictor = Predictor.open(export(graph), 1)) {
      predictor
          .run(images.values(), BATCH)
          .forEach(
              (name, y) ->
                  assertThat(y.values())
                      .as(name)
                      .containsExactly(((Activation.Real) expected.get(name)).values()));
    }
  }

  @Test
  void shouldPassWeightsAndInputsOfBinaryConvolutionsThroughBipolarQuant() throws Exception {
    for (ModelGraph graph : networks()) {
      GraphProto proto = model(graph).getGraph();
      Map<String, NodeProto> writers = new HashMap<>();
      proto.getNodeList().forEach(node -> node.getOutputList().forEach(y -> writers.put(y, node)));
      for (Node node : graph.nodes()) {
        if (node instanceof Conv2d conv && conv.weightType() == WeightType.BINARY) {
          NodeProto written = writers.get(conv.output());
          assertThat(writers.get(written.getInput(1)).getOpType()).isEqualTo("BipolarQuant");
          NodeProto source = writers.get(written.getInput(0));
          assertThat(source.getOpType().equals("Pad")).isEqualTo(conv.geometry().padding() > 0);
          while (List.of("Pad", "MaxPool").contains(source.getOpType())) {
            source = writers.get(source.getInput(0));
          }
          assertThat(source.getOpType()).isEqualTo("BipolarQuant");
          assertThat(source.getDomain()).isEqualTo(DOMAIN);
        }
      }
    }
  }

  @Test
  void shouldQuantizeEightBitWeightsAndStreams() throws Exception {
    ModelProto model = model(RandomNets.stream(3, 16, 12, 24, 48, false, false));
    List<NodeProto> quants =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Quant"))
            .toList();
    assertThat(quants)
        .extracting(node -> node.getOutput(0))
        .contains("stem.conv/weights/quant", "logits/weights/quant", "stem.stream");
    assertThat(quants)
        .allSatisfy(
            node -> {
              assertThat(node.getInputCount()).isEqualTo(4);
              assertThat(node.getAttributeList())
                  .extracting(attribute -> attribute.getName())
                  .containsExactly("signed", "narrow", "rounding_mode");
            });
    assertThat(model.getFunctionsList())
        .extracting(FunctionProto::getDomain, FunctionProto::getName)
        .containsExactly(tuple(DOMAIN, "BipolarQuant"), tuple(DOMAIN, "Quant"));
  }

  private Path export(ModelGraph graph) {
    Path file = folder.resolve("model.onnx");
    Exporter.export(graph, ModelKind.QONNX, file);
    return file;
  }

  private ModelProto model(ModelGraph graph) throws Exception {
    return ModelProto.parseFrom(Files.readAllBytes(export(graph)));
  }

  private static Activation.Pixels images(ModelGraph graph) {
    return RandomGraph.images(new Random(1), BATCH, graph.height(), graph.width());
  }

  private static float[] logits(ModelGraph graph, Activation.Pixels images) {
    String output = graph.outputs().get(0);
    return ((Activation.Real) new RealExecutor(graph).run(images).get(output)).values();
  }

  private static float[] run(Path file, Activation.Pixels images, OptLevel level) throws Exception {
    OrtEnvironment environment = OrtSessions.environment();
    long[] shape = {images.batch(), images.height(), images.width(), images.channels()};
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(Files.readAllBytes(file), options);
          OnnxTensor input =
              OnnxTensor.createTensor(
                  environment, ByteBuffer.wrap(images.values()), shape, OnnxJavaType.UINT8);
          OrtSession.Result result = session.run(Map.of("image", input))) {
        return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
      }
    }
  }
}

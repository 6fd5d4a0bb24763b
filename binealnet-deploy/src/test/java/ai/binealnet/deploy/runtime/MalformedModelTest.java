package ai.binealnet.deploy.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.DenseNets;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that export would never write: an error in words or a result, never a crash. */
class MalformedModelTest {
  private static final int MUTATIONS = Outside.isAsked() ? 2000 : 400;
  private static final long[] NUMBERS = {
    Long.MIN_VALUE, -1, 0, 1, 2, 3, 5, 31, 33, 64, 129, 1 << 20, 1L << 31, 1L << 40, Long.MAX_VALUE
  };
  private static final int HEIGHT = 16;
  private static final int WIDTH = 12;

  @BeforeEach
  void needLibrary() {
    assumeTrue(NativeLibrary.isPresent(), "built without a C compiler");
  }

  private static ModelProto model(ModelGraph graph) throws Exception {
    return ModelProto.parseFrom(OnnxWriter.bytes(Lowering.lower(graph).graph()));
  }

  private static List<ModelProto> models() throws Exception {
    return List.of(
        model(RandomNets.bineal(1, HEIGHT, WIDTH, 24, 40, true)),
        model(RandomNets.stream(2, HEIGHT, WIDTH, 24, 40, true, true)),
        model(RandomNets.stream(3, HEIGHT, WIDTH, 32, 64, false, false)),
        model(RandomNets.bitsOfPixels(4, HEIGHT, WIDTH, 40)),
        model(RandomNets.bitsOfReals(5, HEIGHT, WIDTH, 40)),
        model(DenseNets.stream(6, HEIGHT, WIDTH, 24, 40)),
        model(DenseNets.bineal(7, HEIGHT, WIDTH, 24, 40)),
        model(DenseNets.superResolution(8, HEIGHT, WIDTH, 32, 2)));
  }

  @Test
  void shouldSurviveMutatedFiles() throws Exception {
    List<ModelProto> models = models();
    Path kept = Outside.isAsked() ? Outside.empty("hostile") : null; // for sanitizers
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      ModelProto.Builder model = models.get(seed % models.size()).toBuilder();
      mutate(model.getGraphBuilder(), random);
      if (kept != null) {
        Files.write(kept.resolve(seed + ".onnx"), model.build().toByteArray());
      }
      try {
        run(model.build());
      } catch (OrtException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 3, MUTATIONS);
  }

  private static void mutate(GraphProto.Builder graph, Random random) {
    int[] ours =
        IntStream.range(0, graph.getNodeCount())
            .filter(i -> graph.getNode(i).getDomain().equals(OnnxWriter.DOMAIN))
            .toArray();
    NodeProto.Builder node = graph.getNodeBuilder(ours[random.nextInt(ours.length)]);
    if (random.nextInt(3) == 0 && node.getAttributeCount() > 0) {
      mutateAttribute(node, random);
    } else {
      List<String> inputs = node.getInputList();
      String name = inputs.get(random.nextInt(inputs.size()));
      graph.getInitializerBuilderList().stream()
          .filter(tensor -> tensor.getName().equals(name))
          .findFirst()
          .ifPresentOrElse(
              tensor -> mutateTensor(tensor, random),
              () -> node.setInput(random.nextInt(inputs.size()), anyValue(graph, random)));
    }
  }

  private static String anyValue(GraphProto.Builder graph, Random random) {
    return random.nextBoolean()
        ? graph.getInitializer(random.nextInt(graph.getInitializerCount())).getName()
        : graph.getNode(random.nextInt(graph.getNodeCount())).getOutput(0);
  }

  private static void mutateAttribute(NodeProto.Builder node, Random random) {
    int index = random.nextInt(node.getAttributeCount());
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    AttributeProto.Builder attribute = node.getAttributeBuilder(index);
    switch (random.nextInt(4)) {
      case 0 -> node.removeAttribute(index);
      case 1 -> attribute.addInts(number);
      case 2 -> attribute.setI(number).setF(Float.NaN);
      default -> {
        if (attribute.getIntsCount() > 0) {
          attribute.setInts(random.nextInt(attribute.getIntsCount()), number);
        } else {
          attribute.setI(number).setF(Float.POSITIVE_INFINITY);
        }
      }
    }
  }

  private static void mutateTensor(TensorProto.Builder tensor, Random random) {
    byte[] data = tensor.getRawData().toByteArray();
    switch (random.nextInt(4)) {
      case 0 -> {
        random.nextBytes(data);
        tensor.setRawData(ByteString.copyFrom(data));
      }
      case 1 -> resize(tensor, random);
      case 2 -> tensor.addDims(1);
      default -> tensor.setDims(random.nextInt(tensor.getDimsCount()), random.nextInt(70));
    }
  }

  /** Other extents with the data to match. */
  private static void resize(TensorProto.Builder tensor, Random random) {
    long before = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    int size = (int) (tensor.getRawData().size() / before);
    int axis = random.nextInt(tensor.getDimsCount());
    tensor.setDims(axis, List.of(0, 1, 3, 31, 33, 64, 96).get(random.nextInt(7)));
    long after = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
    byte[] data = new byte[(int) after * size];
    random.nextBytes(data);
    tensor.setRawData(ByteString.copyFrom(data));
  }

  private static void run(ModelProto model) throws OrtException {
    long[] extents = {2, HEIGHT, WIDTH, 3};
    ByteBuffer pixels = ByteBuffer.allocate(2 * HEIGHT * WIDTH * 3);
    try (OrtSession session = OrtSessions.create(model.toByteArray(), 1);
        OnnxTensor image =
            OnnxTensor.createTensor(
                OrtSessions.environment(), pixels, extents, OnnxJavaType.UINT8)) {
      session.run(Map.of("image", image)).close();
    }
  }

  @Test
  void shouldSayWhatIsWrong() throws Exception {
    ModelProto model = models().get(0);
    int conv = find(model, "BinaryConv2d");
    NodeProto node = model.getGraph().getNode(conv);

    ModelProto.Builder missing = model.toBuilder();
    missing.getGraphBuilder().getNodeBuilder(conv).clearAttribute();
    assertRefused(missing, "BinaryConv2d: attribute 'channels' is missing");

    ModelProto.Builder strides = model.toBuilder();
    NodeProto.Builder strided = strides.getGraphBuilder().getNodeBuilder(conv);
    strided.getAttributeBuilderList().stream()
        .filter(attribute -> attribute.getName().equals("strides"))
        .forEach(attribute -> attribute.setInts(0, -2));
    assertRefused(strides, "BinaryConv2d: vertical stride must be from 1 to 1048575, got -2");

    ModelProto.Builder filters = model.toBuilder();
    tensor(filters, node.getInput(1))
        .setDims(0, 33)
        .setRawData(ByteString.copyFrom(new byte[33 * 9 * 4]));
    assertRefused(filters, "BinaryConv2d: the number of filters must be a multiple of 32, got 33");

    ModelProto.Builder thresholds = model.toBuilder();
    tensor(thresholds, node.getInput(2))
        .setDataType(DataType.INT32.getNumber())
        .setDims(0, 3)
        .setRawData(ByteString.copyFrom(new byte[12]));
    assertRefused(thresholds, "BinaryConv2d: T must have");
  }

  @Test
  void shouldSayWhatIsWrongWithAHead() throws Exception {
    ModelProto bits = models().get(0);
    int pool = find(bits, "BinaryGlobalAveragePool");
    ModelProto.Builder channels = bits.toBuilder();
    attribute(channels, pool, "channels").setI(65);
    assertRefused(channels, "the last dimension of X must be 12 for 65 channels, got 8");
    ModelProto.Builder none = bits.toBuilder();
    attribute(none, pool, "channels").setI(0);
    assertRefused(none, "attribute 'channels' must be from 1 to 1048576, got 0");

    ModelProto stream = models().get(1);
    pool = find(stream, "StreamGlobalAveragePool");
    for (float wrong : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      ModelProto.Builder factor = stream.toBuilder();
      attribute(factor, pool, "factor").setF(wrong);
      assertRefused(
          factor, "StreamGlobalAveragePool: attribute 'factor' must be positive and finite");
    }
    ModelProto.Builder missing = stream.toBuilder();
    missing.getGraphBuilder().getNodeBuilder(pool).clearAttribute();
    assertRefused(missing, "StreamGlobalAveragePool: attribute 'factor' is missing");
  }

  private static AttributeProto.Builder attribute(ModelProto.Builder model, int node, String name) {
    return model.getGraphBuilder().getNodeBuilder(node).getAttributeBuilderList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int find(ModelProto model, String type) {
    return IntStream.range(0, model.getGraph().getNodeCount())
        .filter(i -> model.getGraph().getNode(i).getOpType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static TensorProto.Builder tensor(ModelProto.Builder model, String name) {
    return model.getGraphBuilder().getInitializerBuilderList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(ModelProto.Builder model, String message) {
    assertThatThrownBy(() -> run(model.build()))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining(message);
  }
}

package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Models of a few equal "same" convolutions behind each other, with random weights, to time one
 * layer in each number format. Input {@code x0}, output the last {@code x}.
 *
 * <p>Several layers, because at the model's border a runtime turns float32 and 8-bit images into
 * its own layouts, which the layers within a network do not pay for.
 */
public final class LayerModels {
  /** Convolutions in each model. */
  public static final int LAYERS = 8;

  private static final long SEED = 1;

  private final int channels;
  private final int kernel;
  private final long[] packed;
  private final long[] planes;
  private final Random random = new Random(SEED);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("layers");

  private LayerModels(int channels, int height, int width, int kernel) {
    this.channels = channels;
    this.kernel = kernel;
    packed = new long[] {1, height, width, channels / Byte.SIZE};
    planes = new long[] {1, channels, height, width};
  }

  /** Bits to bits: {@code BinaryConv2d}, input uint8 [1,H,W,C/8]; C a multiple of 32. */
  public static byte[] binary(int channels, int height, int width, int kernel) {
    LayerModels m = new LayerModels(channels, height, width, kernel);
    return m.model(DataType.UINT8, m.packed, m::binaryLayer);
  }

  /**
   * 8 bits to 8 bits the way ONNX Runtime is fastest: {@code QLinearConv}, activations uint8
   * [1,C,H,W] with zero point 0 (after a ReLU), one int8 scale for each filter.
   */
  public static byte[] int8(int channels, int height, int width, int kernel) {
    LayerModels m = new LayerModels(channels, height, width, kernel);
    m.add("one", Tensors.float32(new float[] {1}));
    m.add("zero", Tensors.uint8(new byte[] {0}));
    float[] scales = new float[channels];
    Arrays.fill(scales, 1f / (64 * kernel * kernel * channels));
    m.add("scales", Tensors.float32(scales, channels));
    m.add("zeros", Tensors.int8(new byte[channels], channels));
    return m.model(DataType.UINT8, m.planes, m::int8Layer);
  }

  /** float32 to float32: {@code Conv} and {@code Relu}, [1,C,H,W]. */
  public static byte[] fp32(int channels, int height, int width, int kernel) {
    LayerModels m = new LayerModels(channels, height, width, kernel);
    return m.model(DataType.FLOAT, m.planes, m::fp32Layer);
  }

  private byte[] model(DataType type, long[] extents, Consumer<Integer> layer) {
    graph.addInput(info("x0", type, extents)).addOutput(info("x" + LAYERS, type, extents));
    for (int i = 0; i < LAYERS; i++) {
      layer.accept(i);
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(OnnxWriter.IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxWriter.OPSET))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder()
                    .setDomain(OnnxWriter.DOMAIN)
                    .setVersion(OnnxWriter.DOMAIN_VERSION))
            .setGraph(graph);
    if (type == DataType.UINT8 && extents == packed) {
      model.addFunctions(Operators.function("BinaryConv2d"));
    }
    return model.build().toByteArray();
  }

  private void binaryLayer(int i) {
    byte[] weights = new byte[channels * kernel * kernel * channels / Byte.SIZE];
    random.nextBytes(weights);
    add("w" + i, Tensors.uint8(weights, channels, kernel, kernel, channels / Byte.SIZE));
    int[] thresholds = random.ints(channels, -channels / 8, channels / 8).toArray();
    add("t" + i, Tensors.int32(thresholds, channels));
    node(OnnxWriter.DOMAIN, "BinaryConv2d", i, "w" + i, "t" + i)
        .addAttribute(Attributes.integer("channels", channels));
  }

  private void int8Layer(int i) {
    byte[] weights = new byte[channels * channels * kernel * kernel];
    random.nextBytes(weights);
    add("w" + i, Tensors.int8(weights, channels, channels, kernel, kernel));
    node("", "QLinearConv", i, "one", "zero", "w" + i, "scales", "zeros", "one", "zero");
  }

  private void fp32Layer(int i) {
    float[] weights = new float[channels * channels * kernel * kernel];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = (float) random.nextGaussian() / (kernel * (float) Math.sqrt(channels));
    }
    add("w" + i, Tensors.float32(weights, channels, channels, kernel, kernel));
    NodeProto.Builder conv = node("", "Conv", i, "w" + i);
    String last = conv.getOutput(0);
    conv.setOutput(0, last + "/conv");
    graph.addNodeBuilder().setOpType("Relu").addInput(last + "/conv").addOutput(last);
  }

  private NodeProto.Builder node(String domain, String type, int i, String... parameters) {
    long pad = kernel / 2;
    List<AttributeProto> window =
        List.of(
            Attributes.ints("strides", 1, 1),
            Attributes.ints("pads", pad, pad, pad, pad),
            Attributes.ints("dilations", 1, 1));
    return graph
        .addNodeBuilder()
        .setDomain(domain)
        .setOpType(type)
        .setName(type + i)
        .addInput("x" + i)
        .addAllInput(Arrays.asList(parameters))
        .addOutput("x" + (i + 1))
        .addAllAttribute(window);
  }

  private void add(String name, TensorProto value) {
    graph.addInitializer(value.toBuilder().setName(name));
  }

  private static ValueInfoProto info(String name, DataType type, long[] extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long extent : extents) {
      shape.addDimBuilder().setDimValue(extent);
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

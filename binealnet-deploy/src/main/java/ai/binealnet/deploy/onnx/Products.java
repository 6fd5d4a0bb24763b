package ai.binealnet.deploy.onnx;

import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.lower.EightBitFilters;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Optional;

/** Writes real convolutions and fully connected layers as standard operators. */
final class Products {
  private final GraphWriter writer;

  Products(GraphWriter writer) {
    this.writer = writer;
  }

  /** A convolution with weights of a given name. */
  void conv(Conv2d conv, String x, String y, String weights) {
    ConvGeometry g = conv.geometry();
    String input = x;
    if (conv.binaryInput() && g.padding() > 0) {
      long pad = g.padding();
      String pads =
          writer.initializer(
              y + "/pads", Tensors.int64(new long[] {0, 0, pad, pad, 0, 0, pad, pad}, 8));
      String one = writer.initializer(y + "/one", Tensors.float32(new float[] {1}));
      input = writer.node(y + "/padded", "Pad", List.of(), x, pads, one);
      g = new ConvGeometry(g.kernelHeight(), g.kernelWidth(), g.stride(), 0, g.dilation());
    }
    writer.node(y, "Conv", window(g), input, weights);
  }

  /** Extents, strides, padding and dilations of a convolution. */
  static List<AttributeProto> window(ConvGeometry g) {
    long pad = g.padding();
    return List.of(
        Attributes.ints("kernel_shape", g.kernelHeight(), g.kernelWidth()),
        Attributes.integer("group", 1),
        Attributes.ints("strides", g.stride(), g.stride()),
        Attributes.ints("pads", pad, pad, pad, pad),
        Attributes.ints("dilations", g.dilation(), g.dilation()));
  }

  /** The weights in float32, [O,C,kh,kw]. */
  String weights(Conv2d conv) {
    ConvGeometry g = conv.geometry();
    long[] dims = {conv.outputChannels(), conv.inputChannels(), g.kernelHeight(), g.kernelWidth()};
    return writer.initializer(conv.name() + "/weights", Tensors.float32(channelsFirst(conv), dims));
  }

  /** [O,kh,kw,C] to [O,C,kh,kw]. */
  private static float[] channelsFirst(Conv2d conv) {
    float[] source = conv.weights();
    float[] target = new float[source.length];
    for (int i = 0; i < source.length; i++) {
      target[channelsFirst(conv, i)] = source[i];
    }
    return target;
  }

  /** [O,kh,kw,C] to [O,C,kh,kw]. */
  static byte[] channelsFirst(Conv2d conv, byte[] source) {
    byte[] target = new byte[source.length];
    for (int i = 0; i < source.length; i++) {
      target[channelsFirst(conv, i)] = source[i];
    }
    return target;
  }

  private static int channelsFirst(Conv2d conv, int i) {
    int taps = conv.geometry().taps();
    int channels = conv.inputChannels();
    int c = i % channels;
    int tap = i / channels % taps;
    int o = i / channels / taps;
    return (o * channels + c) * taps + tap;
  }

  void linear(Linear node, String x, String y) {
    Optional<EightBitFilters> filters =
        node.weightType() == WeightType.INT8
            ? EightBitFilters.of(node.weights(), node.outputFeatures())
            : Optional.empty();
    if (filters.isPresent()) {
      eightBitLinear(node, filters.get(), x, y);
      return;
    }
    String weights =
        writer.initializer(
            node.name() + "/weights",
            Tensors.float32(node.weights(), node.outputFeatures(), node.inputFeatures()));
    writer.node(y, "Gemm", List.of(Attributes.integer("transB", 1)), x, weights, bias(node));
  }

  private String bias(Linear node) {
    return writer.initializer(
        node.name() + "/bias", Tensors.float32(node.bias(), node.outputFeatures()));
  }

  private void eightBitLinear(Linear node, EightBitFilters filters, String x, String y) {
    int in = node.inputFeatures();
    String integers =
        writer.initializer(
            node.name() + "/weights",
            Tensors.int8(inputFirst(filters.integers(), in), in, node.outputFeatures()));
    String weights =
        writer.node(
            y + "/weights/cast",
            "Cast",
            List.of(Attributes.integer("to", DataType.FLOAT.getNumber())),
            integers);
    scaledProduct(node, filters, weights, x, y);
  }

  /** [O,C] to [C,O]. */
  static byte[] inputFirst(byte[] weights, int in) {
    int out = weights.length / in;
    byte[] transposed = new byte[weights.length];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i % in * out + i / in] = weights[i];
    }
    return transposed;
  }

  /**
   * The product with integer weights [C,O], scaled, and the bias. The bias must be added to the
   * finished sum: a fused product would start from it and round on the way. The factors between
   * product and sum keep an optimizer from fusing.
   */
  void scaledProduct(Linear node, EightBitFilters filters, String weights, String x, String y) {
    float[] scale = filters.factors();
    String factors =
        writer.initializer(node.name() + "/factors", Tensors.float32(scale, scale.length));
    String sum = writer.node(y + "/sum", "MatMul", List.of(), x, weights);
    String scaled = writer.node(y + "/scaled", "Mul", List.of(), sum, factors);
    writer.node(y, "Add", List.of(), scaled, bias(node));
  }
}

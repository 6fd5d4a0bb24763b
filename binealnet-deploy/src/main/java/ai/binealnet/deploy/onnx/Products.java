package ai.binealnet.deploy.onnx;

import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.lower.EightBitFilters;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes real convolutions and fully connected layers as standard operators. */
final class Products {
  private final GraphWriter writer;

  Products(GraphWriter writer) {
    this.writer = writer;
  }

  void conv(Node node, String x, String y) {
    Conv2d conv = (Conv2d) node;
    ConvGeometry g = conv.geometry();
    long pad = g.padding();
    String input = x;
    if (conv.binaryInput() && pad > 0) {
      String pads =
          writer.initializer(
              y + "/pads", Tensors.int64(new long[] {0, 0, pad, pad, 0, 0, pad, pad}, 8));
      String one = writer.initializer(y + "/one", Tensors.float32(new float[] {1}));
      input = writer.node(y + "/padded", "Pad", List.of(), x, pads, one);
      pad = 0;
    }
    List<AttributeProto> window = new ArrayList<>();
    window.add(Attributes.ints("strides", g.stride(), g.stride()));
    window.add(Attributes.ints("pads", pad, pad, pad, pad));
    window.add(Attributes.ints("dilations", g.dilation(), g.dilation()));
    long[] dims = {conv.outputChannels(), conv.inputChannels(), g.kernelHeight(), g.kernelWidth()};
    String weights =
        writer.initializer(node.name() + "/weights", Tensors.float32(channelsFirst(conv), dims));
    writer.node(y, "Conv", window, input, weights);
  }

  /** [O,kh,kw,C] to [O,C,kh,kw]. */
  private static float[] channelsFirst(Conv2d conv) {
    int taps = conv.geometry().taps();
    int channels = conv.inputChannels();
    float[] source = conv.weights();
    float[] target = new float[source.length];
    for (int i = 0; i < source.length; i++) {
      int c = i % channels;
      int tap = i / channels % taps;
      int o = i / channels / taps;
      target[(o * channels + c) * taps + tap] = source[i];
    }
    return target;
  }

  void linear(Linear node, String x, String y) {
    Optional<EightBitFilters> filters =
        node.weightType() == WeightType.INT8
            ? EightBitFilters.of(node.weights(), node.outputFeatures())
            : Optional.empty();
    String bias =
        writer.initializer(
            node.name() + "/bias", Tensors.float32(node.bias(), node.outputFeatures()));
    if (filters.isPresent()) {
      eightBitLinear(node, filters.get(), bias, x, y);
      return;
    }
    String weights =
        writer.initializer(
            node.name() + "/weights",
            Tensors.float32(node.weights(), node.outputFeatures(), node.inputFeatures()));
    writer.node(y, "Gemm", List.of(Attributes.integer("transB", 1)), x, weights, bias);
  }

  /**
   * The bias must be added to the finished sum: a fused product would start from it and round on
   * the way. The factors between product and sum keep an optimizer from fusing.
   */
  private void eightBitLinear(
      Linear node, EightBitFilters filters, String bias, String x, String y) {
    int in = node.inputFeatures();
    int out = node.outputFeatures();
    byte[] transposed = new byte[in * out];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i % in * out + i / in] = filters.integers()[i];
    }
    String integers =
        writer.initializer(node.name() + "/weights", Tensors.int8(transposed, in, out));
    String weights =
        writer.node(
            y + "/weights/cast",
            "Cast",
            List.of(Attributes.integer("to", DataType.FLOAT.getNumber())),
            integers);
    String factors =
        writer.initializer(node.name() + "/factors", Tensors.float32(filters.factors(), out));
    String sum = writer.node(y + "/sum", "MatMul", List.of(), x, weights);
    String scaled = writer.node(y + "/scaled", "Mul", List.of(), sum, factors);
    writer.node(y, "Add", List.of(), scaled, bias);
  }
}

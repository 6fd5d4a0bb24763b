package ai.binealnet.deploy.onnx;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.BinaryMaxPool;
import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackBits;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.PackedGlobalPool;
import ai.binealnet.core.graph.PackedUpsample;
import ai.binealnet.core.graph.StreamBinarize;
import ai.binealnet.core.graph.StreamDequantize;
import ai.binealnet.core.graph.StreamPool;
import ai.binealnet.core.graph.UnpackBits;
import ai.binealnet.deploy.lower.OperatorNames;
import ai.binealnet.deploy.lower.ValueType.Kind;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes lowered nodes as operators of domain {@code ai.binealnet}. */
final class LoweredNodes {
  private final GraphWriter writer;

  LoweredNodes(GraphWriter writer) {
    this.writer = writer;
  }

  void write(Node node) {
    String x = node.inputs().get(0);
    switch (node.op()) {
      case PACKED_CONV2D -> packedConv((PackedConv2d) node);
      case BYTE_CONV2D -> byteConv((ByteConv2d) node);
      case PACK_BITS -> packBits((PackBits) node);
      case UNPACK_BITS -> {
        List<AttributeProto> channels =
            List.of(Attributes.integer("channels", ((UnpackBits) node).channels()));
        realImage(node, channels, List.of(x));
      }
      case BINARY_MAX_POOL -> pool(node, ((BinaryMaxPool) node).geometry());
      case STREAM_POOL -> pool(node, ((StreamPool) node).geometry());
      case STREAM_BINARIZE -> {
        int[] thresholds = ((StreamBinarize) node).thresholds();
        operator(
            node, List.of(), List.of(x, int32(node, "thresholds", thresholds)), node.outputs());
      }
      case STREAM_DEQUANTIZE -> dequantize((StreamDequantize) node);
      case PACKED_GLOBAL_POOL -> globalPool((PackedGlobalPool) node);
      case PACKED_UPSAMPLE -> {
        int factor = ((PackedUpsample) node).factor();
        operator(
            node,
            List.of(Attributes.ints("factors", factor, factor)),
            node.inputs(),
            node.outputs());
      }
      case BYTE_LINEAR -> byteConv(((ByteLinear) node).convolution());
      default -> throw new IllegalArgumentException(node.name() + " is not lowered: " + node.op());
    }
  }

  /** Writes a node that enlarges an NHWC image. */
  void depthToSpace(DepthToSpace node) {
    List<AttributeProto> factor = List.of(Attributes.integer("factor", node.factor()));
    writer.operator(node.name(), "DepthToSpace2d", factor, node.inputs(), node.outputs());
  }

  private void operator(
      Node node, List<AttributeProto> attributes, List<String> inputs, List<String> outputs) {
    writer.operator(node.name(), OperatorNames.of(node), attributes, inputs, outputs);
  }

  /**
   * An operator that writes a real image [N,H,W,C], which is then transposed to [N,C,H,W] if
   * anybody reads that, or, if its one pixel is a vector, flattened to [N,C].
   */
  private void realImage(Node node, List<AttributeProto> attributes, List<String> inputs) {
    String value = node.outputs().get(0);
    if (writer.isChannelsLast(value)) {
      operator(node, attributes, inputs, List.of(value));
      return;
    }
    String output = writer.name(value);
    operator(node, attributes, inputs, List.of(output + "/nhwc"));
    if (writer.type(value).kind() == Kind.VECTOR) {
      List<AttributeProto> axis = List.of(Attributes.integer("axis", 1));
      writer.named(output + "/flat", output, "Flatten", axis, output + "/nhwc");
    } else {
      List<AttributeProto> order = List.of(Attributes.ints("perm", 0, 3, 1, 2));
      writer.named(output + "/first", output, "Transpose", order, output + "/nhwc");
    }
  }

  /** Pixels are NHWC in the file, real images NCHW. */
  private void packBits(PackBits node) {
    boolean pixels = writer.type(node.input()).kind() == Kind.PIXELS;
    operator(
        node,
        List.of(pixels ? Attributes.ints("perm", 0, 1, 2, 3) : Attributes.ints("perm", 0, 2, 3, 1)),
        List.of(writer.name(node.input()), real(node, "thresholds", node.thresholds())),
        node.outputs());
  }

  private void pool(Node node, ConvGeometry geometry) {
    operator(node, RealNodes.window(geometry), node.inputs(), node.outputs());
  }

  private void globalPool(PackedGlobalPool node) {
    List<AttributeProto> attributes = new ArrayList<>();
    if (node.bits()) {
      attributes.add(Attributes.integer("channels", node.channels()));
    }
    attributes.add(Attributes.real("factor", node.factor()));
    operator(node, attributes, node.inputs(), node.outputs());
  }

  private void dequantize(StreamDequantize node) {
    String y = writer.name(node.output());
    String x = node.input();
    if (node.channels() != BitPacking.paddedChannels(node.channels())) {
      String[] range = {
        writer.initializer(y + "/start", Tensors.int64(new long[] {0}, 1)),
        writer.initializer(y + "/end", Tensors.int64(new long[] {node.channels()}, 1)),
        writer.initializer(y + "/axis", Tensors.int64(new long[] {3}, 1))
      };
      x = writer.node(y + "/true", "Slice", List.of(), x, range[0], range[1], range[2]);
    }
    List<AttributeProto> order = List.of(Attributes.ints("perm", 0, 3, 1, 2));
    x = writer.node(y + "/first", "Transpose", order, x);
    List<AttributeProto> to = List.of(Attributes.integer("to", DataType.FLOAT.getNumber()));
    x = writer.node(y + "/cast", "Cast", to, x);
    writer.node(
        y,
        "Mul",
        List.of(),
        x,
        writer.initializer(y + "/scale", Tensors.float32(new float[] {node.scale()})));
  }

  private void packedConv(PackedConv2d conv) {
    ConvGeometry g = conv.geometry();
    int bytes = BitPacking.bytesPerPixel(conv.inputChannels());
    int filters = BitPacking.paddedChannels(conv.outputChannels());
    String weights =
        writer.initializer(
            conv.name() + "/weights",
            Tensors.uint8(conv.weights(), filters, g.kernelHeight(), g.kernelWidth(), bytes));
    conv(conv, conv.epilogue(), weights, window(g, conv.inputChannels()), conv.outputChannels());
  }

  private void byteConv(ByteConv2d conv) {
    ConvGeometry g = conv.geometry();
    int channels = conv.inputChannels();
    int filters = BitPacking.paddedChannels(conv.outputChannels());
    byte[] padded = Arrays.copyOf(conv.weights(), filters * g.taps() * channels);
    String weights =
        writer.initializer(
            conv.name() + "/weights",
            Tensors.int8(padded, filters, g.kernelHeight(), g.kernelWidth(), channels));
    List<AttributeProto> attributes = window(g, channels);
    attributes.add(Attributes.integer("zero_point", conv.zeroPoint()));
    conv(conv, conv.epilogue(), weights, attributes, conv.outputChannels());
  }

  private static List<AttributeProto> window(ConvGeometry g, int channels) {
    List<AttributeProto> window = new ArrayList<>();
    window.add(Attributes.integer("channels", channels));
    window.add(Attributes.ints("strides", g.stride(), g.stride()));
    window.add(Attributes.ints("pads", g.padding(), g.padding(), g.padding(), g.padding()));
    window.add(Attributes.ints("dilations", g.dilation(), g.dilation()));
    return window;
  }

  private void conv(
      Node node, Epilogue epilogue, String weights, List<AttributeProto> attributes, int channels) {
    List<String> inputs = new ArrayList<>(List.of(node.inputs().get(0), weights));
    if (epilogue instanceof Epilogue.Threshold threshold) {
      inputs.add(int32(node, "thresholds", threshold.thresholds()));
    } else if (epilogue instanceof Epilogue.QuantizeTo quantize) {
      quantize(node, quantize, inputs, attributes);
    } else if (epilogue instanceof Epilogue.AddThreshold add) {
      quantize(node, add.quantize(), inputs, attributes);
      inputs.add(node.inputs().get(1));
      inputs.add(int32(node, "thresholds", add.thresholds()));
      inputs.add(
          writer.initializer(
              node.name() + "/flips", Tensors.bool(add.flips(), add.flips().length)));
    } else if (epilogue instanceof Epilogue.Stream stream) {
      stream(node, stream, inputs, attributes);
    } else {
      Epilogue.ToFloat real = (Epilogue.ToFloat) epilogue;
      inputs.add(real(node, "scale", Arrays.copyOf(real.scale(), channels)));
      inputs.add(real(node, "shift", Arrays.copyOf(real.shift(), channels)));
      realImage(node, attributes, inputs);
      return;
    }
    operator(node, attributes, inputs, node.outputs());
  }

  private void quantize(
      Node node,
      Epilogue.QuantizeTo quantize,
      List<String> inputs,
      List<AttributeProto> attributes) {
    inputs.add(real(node, "scale", quantize.scale()));
    inputs.add(real(node, "shift", quantize.shift()));
    attributes.add(Attributes.integer("min", quantize.min()));
    attributes.add(Attributes.integer("max", quantize.max()));
  }

  /** What a stream lacks is written as its neutral element, so that one function serves all. */
  private void stream(
      Node node, Epilogue.Stream stream, List<String> inputs, List<AttributeProto> attributes) {
    int channels = stream.scale().length;
    inputs.add(real(node, "scale", stream.scale()));
    inputs.add(real(node, "shift", stream.shift()));
    inputs.add(
        stream.residualFactor() == 0
            ? writer.initializer(node.name() + "/residual", Tensors.int8(new byte[1], 1, 1, 1, 1))
            : node.inputs().get(1));
    float[] ones = new float[channels];
    Arrays.fill(ones, 1f);
    inputs.add(real(node, "slope", stream.slope() == null ? ones : stream.slope()));
    if (stream.thresholds() != null) {
      inputs.add(int32(node, "thresholds", stream.thresholds()));
    }
    attributes.add(Attributes.real("residual_factor", stream.residualFactor()));
  }

  private String real(Node node, String suffix, float[] values) {
    return writer.initializer(node.name() + "/" + suffix, Tensors.float32(values, values.length));
  }

  private String int32(Node node, String suffix, int[] values) {
    return writer.initializer(node.name() + "/" + suffix, Tensors.int32(values, values.length));
  }
}

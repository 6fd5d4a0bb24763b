package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** The functions of domain {@code ai.binealnet} that are no convolutions. */
final class Operators {
  private static final List<String> WINDOW = List.of("kernel_shape", "strides", "pads");

  private Operators() {}

  /**
   * The function that defines an operator.
   *
   * @throws IllegalArgumentException if there is no such operator
   */
  static FunctionProto function(String name) {
    switch (name) {
      case "Binarize":
        return binarize();
      case "Unbinarize":
        return unbinarize();
      case "BinaryMaxPool2d":
        return binaryMaxPool();
      case "StreamMaxPool2d":
        return streamMaxPool();
      case "StreamAveragePool2d":
        return streamAveragePool();
      case "StreamBinarize":
        return streamBinarize();
      case "BinaryUpsample2d":
        return upsample(name, "Each pixel's bits, copied to a block.");
      case "StreamUpsample2d":
        return upsample(name, "Each pixel's int8, copied to a block.");
      case "DepthToSpace2d":
        return depthToSpace();
      case "BinaryGlobalAveragePool":
        return binaryGlobalAveragePool();
      case "StreamGlobalAveragePool":
        return streamGlobalAveragePool();
      default:
        return ConvOperators.function(name);
    }
  }

  private static FunctionProto binarize() {
    Body body = new Body("v");
    AttributeProto order = Attributes.reference("perm", "perm", AttributeType.INTS);
    String x = body.cast(body.op("Transpose", List.of(order), "X"), DataType.FLOAT);
    BitBodies.pack(body, BitBodies.padChannels(body, body.op("Less", x, "T")), "Y");
    return body.function(
        "Binarize",
        List.of("X", "T"),
        List.of("Y"),
        List.of("perm"),
        "Bit 1 iff X < T, packed; perm is the order of X's axes that gives NHWC.");
  }

  private static FunctionProto unbinarize() {
    Body body = new Body("v");
    String signs = BitBodies.trueChannels(body, BitBodies.signs(body, "X", DataType.FLOAT));
    body.named("Y", "Identity", List.of(), signs);
    return body.function(
        "Unbinarize", List.of("X"), List.of("Y"), List.of("channels"), "Bits to +1 and -1.");
  }

  private static FunctionProto binaryMaxPool() {
    Body body = new Body("v");
    String x = body.toChannelsFirst(BitBodies.zeroOrTwo(body, "X"));
    String y = body.toChannelsLast(body.op("MaxPool", window(), x));
    BitBodies.pack(body, BitBodies.isZero(body, y), "Y");
    return body.function(
        "BinaryMaxPool2d",
        List.of("X"),
        List.of("Y"),
        WINDOW,
        "Maximum of signs: the AND of bits.");
  }

  private static FunctionProto streamMaxPool() {
    Body body = new Body("v");
    String y = body.op("MaxPool", window(), body.toChannelsFirst("X"));
    body.named("Y", "Transpose", List.of(Attributes.ints("perm", 0, 2, 3, 1)), y);
    return body.function("StreamMaxPool2d", List.of("X"), List.of("Y"), WINDOW, "Maximum of int8.");
  }

  private static FunctionProto streamAveragePool() {
    Body body = new Body("v");
    String x = body.toChannelsFirst(body.cast("X", DataType.FLOAT));
    String mean = body.op("Round", body.op("AveragePool", window(), x));
    String y = body.cast(mean, DataType.INT8);
    body.named("Y", "Transpose", List.of(Attributes.ints("perm", 0, 2, 3, 1)), y);
    return body.function(
        "StreamAveragePool2d",
        List.of("X"),
        List.of("Y"),
        WINDOW,
        "Average of int8, rounded half to even.");
  }

  private static FunctionProto upsample(String name, String doc) {
    Body body = new Body("v");
    AttributeProto factors = Attributes.reference("value_ints", "factors", AttributeType.INTS);
    String blocks = body.op("Constant", List.of(factors));
    String one = body.ints(1);
    String scales =
        body.cast(
            body.op("Concat", List.of(Attributes.integer("axis", 0)), one, blocks, one),
            DataType.FLOAT);
    body.named("Y", "Resize", Body.NEAREST, "X", "", scales);
    return body.function(name, List.of("X"), List.of("Y"), List.of("factors"), doc);
  }

  /** NHWC throughout: to [N,H,W,f,f,C], the block's rows before the columns, to [N,H f,W f,C]. */
  private static FunctionProto depthToSpace() {
    Body body = new Body("v");
    AttributeProto axis = Attributes.integer("axis", 0);
    AttributeProto value = Attributes.reference("value_int", "factor", AttributeType.INT);
    String factor = body.op("Reshape", body.op("Constant", List.of(value)), body.ints(1));
    String rest = body.ints(-1);
    String blocks = body.op("Concat", List.of(axis), body.ints(0, 0, 0), factor, factor, rest);
    String moved = body.transpose(body.op("Reshape", "X", blocks), 0, 1, 3, 2, 4, 5);
    List<AttributeProto> extents =
        List.of(Attributes.integer("start", 0), Attributes.integer("end", 3));
    String ones = body.op("Concat", List.of(axis), body.ints(1), factor, factor);
    String image = body.op("Mul", body.op("Shape", extents, "X"), ones);
    String shape = body.op("Concat", List.of(axis), image, rest);
    body.named("Y", "Reshape", List.of(), moved, shape);
    return body.function(
        "DepthToSpace2d",
        List.of("X"),
        List.of("Y"),
        List.of("factor"),
        "Channels to pixels, NHWC, in the order of ONNX's DepthToSpace of mode DCR.");
  }

  private static FunctionProto binaryGlobalAveragePool() {
    Body body = new Body("v");
    String signs = BitBodies.trueChannels(body, BitBodies.signs(body, "X", DataType.FLOAT));
    String padded = BitBodies.padChannels(body, pooled(body, signs));
    body.named("Y", "Cast", List.of(Attributes.integer("to", DataType.INT8.getNumber())), padded);
    return body.function(
        "BinaryGlobalAveragePool",
        List.of("X"),
        List.of("Y"),
        List.of("channels", "factor"),
        "Sum of signs times a factor, rounded half to even, in int8.");
  }

  private static FunctionProto streamGlobalAveragePool() {
    Body body = new Body("v");
    String level = pooled(body, body.cast("X", DataType.FLOAT));
    body.named("Y", "Cast", List.of(Attributes.integer("to", DataType.INT8.getNumber())), level);
    return body.function(
        "StreamGlobalAveragePool",
        List.of("X"),
        List.of("Y"),
        List.of("factor"),
        "Sum of int8 times a factor, rounded half to even, in int8.");
  }

  /**
   * [N,H,W,C] float32 integers to [N,1,1,C]: the sum, exact, times the factor; rounded, clipped.
   */
  private static String pooled(Body body, String x) {
    String factor =
        body.op(
            "Constant",
            List.of(Attributes.reference("value_float", "factor", AttributeType.FLOAT)));
    String sum = body.op("ReduceSum", x, body.ints(1, 2));
    String rounded = body.op("Round", body.op("Mul", sum, factor));
    return body.op("Clip", rounded, body.scalar(Byte.MIN_VALUE), body.scalar(Byte.MAX_VALUE));
  }

  private static FunctionProto streamBinarize() {
    Body body = new Body("v");
    BitBodies.pack(body, body.op("Less", body.cast("X", DataType.INT32), "T"), "Y");
    return body.function(
        "StreamBinarize", List.of("X", "T"), List.of("Y"), List.of(), "Bit 1 iff X < T, packed.");
  }

  private static List<AttributeProto> window() {
    return WINDOW.stream()
        .map(name -> Attributes.reference(name, name, AttributeType.INTS))
        .toList();
  }
}

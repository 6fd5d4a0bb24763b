package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of domain {@code ai.binealnet}: {@code BinaryConv2d*} on bits and {@code
 * ByteConv2d*} on 8-bit integers, each with every epilogue.
 *
 * <p>Sums are formed by a float32 convolution of small integers, which is exact, and cast to int32:
 * that also keeps an optimizer from folding the float epilogue into the weights, which would round
 * differently. Where only the sign of the sum is wanted, an 8-bit convolution that saturates does
 * it.
 */
final class ConvOperators {
  private static final String BINARY = "BinaryConv2d";
  private static final String BYTE = "ByteConv2d";

  private final Body body = new Body("v");
  private final boolean binary;
  private final List<String> inputs = new ArrayList<>(List.of("X", "W"));
  private final List<String> outputs = new ArrayList<>(List.of("Y"));
  private final List<String> attributes;

  private ConvOperators(boolean binary) {
    this.binary = binary;
    attributes = new ArrayList<>(List.of("channels", "strides", "pads", "dilations"));
    if (!binary) {
      attributes.add("zero_point");
    }
  }

  static FunctionProto function(String name) {
    boolean binary = name.startsWith(BINARY);
    if (!binary && !name.startsWith(BYTE)) {
      throw new IllegalArgumentException("no operator is named " + name);
    }
    return new ConvOperators(binary)
        .build(name, name.substring(binary ? BINARY.length() : BYTE.length()));
  }

  private FunctionProto build(String name, String epilogue) {
    switch (epilogue) {
      case "", "Binarize" -> threshold();
      case "Quantized" -> body.named("Y", "Cast", to(DataType.INT8), quantized());
      case "AddBinarize" -> addBinarize();
      case "Stream" -> stream();
      case "StreamBinarize" -> {
        String q = stream();
        inputs.add("T");
        outputs.add("Bits");
        BitBodies.pack(body, body.op("Less", q, body.cast("T", DataType.FLOAT)), "Bits");
      }
      case "Float" -> real();
      default -> throw new IllegalArgumentException("no operator is named " + name);
    }
    return body.function(name, inputs, outputs, attributes, "See docs/onnx-operators.md.");
  }

  private void threshold() {
    inputs.add("T");
    if (binary) {
      BitBodies.pack(body, saturatedIsMinus(), "Y");
    } else {
      BitBodies.pack(body, body.op("Less", sums(), body.cast("T", DataType.FLOAT)), "Y");
    }
  }

  /** {@code y < T} from QLinearConv: only then does {@code y + 1 - T} saturate to 0 in uint8. */
  private String saturatedIsMinus() {
    String x =
        body.toChannelsFirst(
            trueChannels(BitBodies.zeroOrTwo(body, BitBodies.padImage(body, "X"))));
    String w = body.toChannelsFirst(trueChannels(BitBodies.signs(body, "W", DataType.INT8)));
    String unit = body.scalar(1);
    String one = body.constant(Tensors.uint8(new byte[] {1}));
    String zero = body.constant(Tensors.uint8(new byte[] {0}));
    String weightZero = body.constant(Tensors.int8(new byte[] {0}));
    String bias = body.op("Sub", body.constant(Tensors.int32(new int[] {1})), "T");
    String y =
        body.op("QLinearConv", window(false), x, unit, one, w, unit, weightZero, unit, zero, bias);
    return BitBodies.isZero(body, body.toChannelsLast(y));
  }

  /** {@code clip(rint(y * S + B), min, max)} as float32. */
  private String quantized() {
    attributes.addAll(List.of("min", "max"));
    String rounded = body.op("Round", scaled());
    return body.op("Clip", rounded, attribute("min"), attribute("max"));
  }

  private String attribute(String name) {
    String value =
        body.op("Constant", List.of(Attributes.reference("value_int", name, AttributeType.INT)));
    return body.cast(value, DataType.FLOAT);
  }

  private void addBinarize() {
    String q = quantized();
    inputs.addAll(List.of("R", "T", "F"));
    String sum = body.op("Add", q, body.cast("R", DataType.FLOAT));
    String below = body.op("Less", sum, body.cast("T", DataType.FLOAT));
    BitBodies.pack(body, body.op("Xor", below, "F"), "Y");
  }

  /** Writes the stream; returns it as float32. */
  private String stream() {
    String v = scaled();
    inputs.addAll(List.of("R", "A"));
    attributes.add("residual_factor");
    String factor =
        body.op(
            "Constant",
            List.of(Attributes.reference("value_float", "residual_factor", AttributeType.FLOAT)));
    String residual = body.op("Mul", body.cast("R", DataType.FLOAT), factor);
    String activated = body.op("PRelu", body.op("Add", v, residual), "A");
    String q = body.op("Clip", body.op("Round", activated), body.scalar(-128), body.scalar(127));
    body.named("Y", "Cast", to(DataType.INT8), q);
    return q;
  }

  private void real() {
    String filters = body.op("Shape", "S");
    String y = body.op("Slice", sums(), body.ints(0), filters, body.ints(3));
    inputs.addAll(List.of("S", "B"));
    body.named("Y", "Add", List.of(), body.op("Mul", y, "S"), "B");
  }

  /** {@code y * S + B}. */
  private String scaled() {
    inputs.addAll(List.of("S", "B"));
    return body.op("Add", body.op("Mul", sums(), "S"), "B");
  }

  /** The integer sums as float32, [N,H',W',O32]. */
  private String sums() {
    String sums =
        binary
            ? body.op("Conv", window(false), binaryInput(), binaryWeights())
            : body.op("Conv", window(true), byteInput(), byteWeights());
    return body.cast(body.cast(body.toChannelsLast(sums), DataType.INT32), DataType.FLOAT);
  }

  private String binaryInput() {
    return body.toChannelsFirst(
        trueChannels(BitBodies.signs(body, BitBodies.padImage(body, "X"), DataType.FLOAT)));
  }

  private String binaryWeights() {
    return body.toChannelsFirst(trueChannels(BitBodies.signs(body, "W", DataType.FLOAT)));
  }

  private String byteInput() {
    String zeroPoint = attribute("zero_point");
    String x = body.op("Sub", body.cast(trueChannels("X"), DataType.FLOAT), zeroPoint);
    return body.toChannelsFirst(x);
  }

  private String byteWeights() {
    return body.toChannelsFirst(body.cast("W", DataType.FLOAT));
  }

  private String trueChannels(String x) {
    return BitBodies.trueChannels(body, x);
  }

  private static List<AttributeProto> window(boolean padded) {
    List<AttributeProto> window = new ArrayList<>();
    window.add(Attributes.reference("strides", "strides", AttributeType.INTS));
    window.add(Attributes.reference("dilations", "dilations", AttributeType.INTS));
    if (padded) {
      window.add(Attributes.reference("pads", "pads", AttributeType.INTS));
    }
    return window;
  }

  private static List<AttributeProto> to(DataType type) {
    return List.of(Attributes.integer("to", type.getNumber()));
  }
}

package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** Packing and unpacking of bits with standard operators. */
final class BitBodies {
  private static final int BYTE_VALUES = 256;
  private static final int BLOCK = 32;

  private BitBodies() {}

  /** [N,H,W,C/8] bytes to [N,H,W,C] of a type: +1 where the bit is 0, -1 where it is 1. */
  static String signs(Body body, String packed, DataType type) {
    return unpack(body, packed, 1, type);
  }

  /** [N,H,W,C/8] bytes to [N,H,W,C] uint8: 2 for +1, 0 for -1; zero point 1 gives the sign. */
  static String zeroOrTwo(Body body, String packed) {
    return unpack(body, packed, 2, DataType.UINT8);
  }

  /** Looks bytes up in a table of {@code plus - 2 * bit}, which a runtime computes only once. */
  private static String unpack(Body body, String packed, int plus, DataType type) {
    String zero = body.constant(Tensors.int32(new int[] {0}));
    String count = body.constant(Tensors.int32(new int[] {BYTE_VALUES}));
    String step = body.constant(Tensors.int32(new int[] {1}));
    String values = body.op("Reshape", body.op("Range", zero, count, step), body.ints(-1, 1));
    String shifted = body.op("Div", values, powersOfTwo(body));
    String two = body.constant(Tensors.int32(new int[] {2}));
    String bits = body.op("Mod", shifted, two);
    String first = body.constant(Tensors.int32(new int[] {plus}));
    String table = body.cast(body.op("Sub", first, body.op("Mul", bits, two)), type);
    String bytes = body.cast(packed, DataType.INT32);
    String rows = body.op("Gather", List.of(Attributes.integer("axis", 0)), table, bytes);
    return body.op("Reshape", rows, body.ints(0, 0, 0, -1));
  }

  private static String powersOfTwo(Body body) {
    int[] powers = new int[Byte.SIZE];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = 1 << i;
    }
    return body.constant(Tensors.int32(powers, Byte.SIZE));
  }

  /** Where uint8 values are 0. Releases up to 1.20 at least have no comparison of uint8. */
  static String isZero(Body body, String values) {
    return body.op("Not", body.cast(values, DataType.BOOL));
  }

  /** [N,H,W,C] truth values, C a multiple of 8, to [N,H,W,C/8] bytes named {@code output}. */
  static String pack(Body body, String bits, String output) {
    String eights =
        body.op("Reshape", body.cast(bits, DataType.INT32), body.ints(0, 0, 0, -1, Byte.SIZE));
    String weighted = body.op("Mul", eights, powersOfTwo(body));
    String sums =
        body.op("ReduceSum", List.of(Attributes.integer("keepdims", 0)), weighted, body.ints(4));
    return body.named(
        output, "Cast", List.of(Attributes.integer("to", DataType.UINT8.getNumber())), sums);
  }

  /** Pads the channels of [N,H,W,C] integers or truth values, in int32, to a multiple of 32. */
  static String padChannels(Body body, String x) {
    String channels = body.op("Shape", List.of(Attributes.integer("start", 3)), x);
    String missing = body.op("Mod", body.op("Neg", channels), body.ints(BLOCK));
    String pads =
        body.op(
            "Concat",
            List.of(Attributes.integer("axis", 0)),
            body.ints(0, 0, 0, 0, 0, 0, 0),
            missing);
    return body.op("Pad", body.cast(x, DataType.INT32), pads);
  }

  /** The first {@code channels} (the function's attribute) of the last axis. */
  static String trueChannels(Body body, String x) {
    String channels =
        body.op(
            "Constant", List.of(Attributes.reference("value_int", "channels", AttributeType.INT)));
    String end = body.op("Reshape", channels, body.ints(1));
    return body.op("Slice", x, body.ints(0), end, body.ints(3));
  }

  /**
   * Pads height and width of [N,H,W,C/8] bytes by the function's {@code pads} with zero bits, +1.
   */
  static String padImage(Body body, String packed) {
    String pads =
        body.op(
            "Constant", List.of(Attributes.reference("value_ints", "pads", AttributeType.INTS)));
    String begins = body.op("Slice", pads, body.ints(0), body.ints(2), body.ints(0));
    String ends = body.op("Slice", pads, body.ints(2), body.ints(4), body.ints(0));
    String zero = body.ints(0);
    String all =
        body.op(
            "Concat", List.of(Attributes.integer("axis", 0)), zero, begins, zero, zero, ends, zero);
    return body.op("Pad", packed, all);
  }
}

package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** Packing and unpacking of bits with standard operators. */
final class BitBodies {
  private static final int BYTE_VALUES = 256;
  private static final int BLOCK = 32;

  private BitBodies() {}

  /** [N,H,W,C/8] bytes to [N,H,W,C] float32 +1 and -1. */
  static String signs(Body body, String packed) {
    float[] table = new float[BYTE_VALUES * Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      table[i] = bit(i) ? -1 : 1;
    }
    return unpack(body, packed, Tensors.float32(table, BYTE_VALUES, Byte.SIZE));
  }

  /** [N,H,W,C/8] bytes to [N,H,W,C] int8 +1 and -1. */
  static String smallSigns(Body body, String packed) {
    byte[] table = new byte[BYTE_VALUES * Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) (bit(i) ? -1 : 1);
    }
    return unpack(body, packed, Tensors.int8(table, BYTE_VALUES, Byte.SIZE));
  }

  /**
   * [N,H,W,C/8] bytes to [N,H,W,C] uint8: 2 for +1, 0 for -1, so that zero point 1 gives the sign.
   */
  static String zeroOrTwo(Body body, String packed) {
    byte[] table = new byte[BYTE_VALUES * Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) (bit(i) ? 0 : 2);
    }
    return unpack(body, packed, Tensors.uint8(table, BYTE_VALUES, Byte.SIZE));
  }

  private static boolean bit(int entry) {
    return (entry / Byte.SIZE >> entry % Byte.SIZE & 1) == 1;
  }

  private static String unpack(Body body, String packed, TensorProto table) {
    String bytes = body.cast(packed, DataType.INT32);
    String rows =
        body.op("Gather", List.of(Attributes.integer("axis", 0)), body.constant(table), bytes);
    return body.op("Reshape", rows, body.ints(0, 0, 0, -1));
  }

  /** [N,H,W,C] truth values, C a multiple of 8, to [N,H,W,C/8] bytes named {@code output}. */
  static String pack(Body body, String bits, String output) {
    String eights =
        body.op("Reshape", body.cast(bits, DataType.INT32), body.ints(0, 0, 0, -1, Byte.SIZE));
    int[] weights = new int[Byte.SIZE];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 << i;
    }
    String weighted = body.op("Mul", eights, body.constant(Tensors.int32(weights, Byte.SIZE)));
    String sums =
        body.op("ReduceSum", List.of(Attributes.integer("keepdims", 0)), weighted, body.ints(4));
    return body.named(
        output, "Cast", List.of(Attributes.integer("to", DataType.UINT8.getNumber())), sums);
  }

  /** Pads the channels of [N,H,W,C] truth values to a multiple of 32 with false. */
  static String padChannels(Body body, String bits) {
    String channels = body.op("Shape", List.of(Attributes.integer("start", 3)), bits);
    String missing = body.op("Mod", body.op("Neg", channels), body.ints(BLOCK));
    String pads =
        body.op(
            "Concat",
            List.of(Attributes.integer("axis", 0)),
            body.ints(0, 0, 0, 0, 0, 0, 0),
            missing);
    return body.op("Pad", body.cast(bits, DataType.INT32), pads);
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

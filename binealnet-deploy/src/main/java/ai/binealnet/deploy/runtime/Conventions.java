package ai.binealnet.deploy.runtime;

import ai.binealnet.core.graph.UserError;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The conventions that a model file follows (packing, padding, rounding, operators): the version of
 * its format. They are read from the bytes, because ONNX Runtime may not even load a newer file.
 */
public final class Conventions {
  /** The metadata key. */
  public static final String KEY = "conventions";

  /** The version that export writes, and the newest that is read. */
  public static final String VERSION = "1";

  private static final int WIRE_TYPE = 7;
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private Conventions() {}

  /**
   * Checks that a model file follows conventions that are known here. What states none, or is no
   * model at all, is left to ONNX Runtime.
   *
   * @param file named in the error
   * @throws UserError if it follows others
   */
  static void check(Path file, byte[] model) {
    String stated = stated(model);
    if (stated != null && !stated.equals(VERSION)) {
      throw new UserError(
          "cannot read model " + file,
          "conventions " + VERSION + ", see docs/onnx-operators.md",
          "conventions " + stated,
          "use the version of BiNealNet that wrote it or a newer one, or export it with this one");
    }
  }

  private static String stated(byte[] model) {
    try {
      ByteBuffer fields = ByteBuffer.wrap(model);
      while (fields.hasRemaining()) {
        int tag = varint(fields);
        if (tag == ModelSeal.METADATA_TAG) {
          ByteBuffer entry = content(fields);
          if (KEY.equals(text(entry, ModelSeal.KEY_TAG))) {
            return text(entry, ModelSeal.VALUE_TAG);
          }
        } else {
          skip(fields, tag & WIRE_TYPE);
        }
      }
      return null;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null; // no protobuf message
    }
  }

  private static void skip(ByteBuffer fields, int wireType) {
    switch (wireType) {
      case VARINT -> varint(fields);
      case LENGTH_DELIMITED -> content(fields);
      default -> throw new IllegalArgumentException("no field of a model is stored like that");
    }
  }

  private static String text(ByteBuffer entry, int tag) {
    if (varint(entry) != tag) {
      throw new IllegalArgumentException("not what protobuf writes");
    }
    return StandardCharsets.UTF_8.decode(content(entry)).toString();
  }

  private static ByteBuffer content(ByteBuffer fields) {
    int length = varint(fields);
    ByteBuffer content = fields.slice().limit(length);
    fields.position(fields.position() + length);
    return content;
  }

  /** Of up to 32 bits: no part of a file that fits into an array is longer. */
  private static int varint(ByteBuffer fields) {
    int value = 0;
    byte next;
    int shift = 0;
    do {
      next = fields.get();
      value |= (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }
}

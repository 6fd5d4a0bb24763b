package ai.binealnet.deploy.runtime;

import ai.binealnet.core.graph.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The SHA-256 of a model file, kept as its last metadata entry, {@code sha256}. A protobuf message
 * may be extended by appending to its bytes, so the seal is simply the end of the file and covers
 * every byte before it.
 */
public final class ModelSeal {
  /** The metadata key. */
  public static final String KEY = "sha256";

  private static final int HEX_LENGTH = 64;

  /** Field 14 (metadata_props) of ModelProto, length-delimited. */
  static final int METADATA_TAG = 14 << 3 | 2;

  /** Field 1 (key) and 2 (value) of StringStringEntryProto, length-delimited. */
  static final int KEY_TAG = 1 << 3 | 2;

  static final int VALUE_TAG = 2 << 3 | 2;

  private ModelSeal() {}

  /** Appends the seal to a serialized model. */
  public static byte[] seal(byte[] model) {
    byte[] end = entry(Hashes.sha256(model, model.length));
    byte[] sealed = Arrays.copyOf(model, model.length + end.length);
    System.arraycopy(end, 0, sealed, model.length, end.length);
    return sealed;
  }

  /**
   * Checks the seal of a model file.
   *
   * @param file named in the error
   * @throws UserError if the file has no seal (it is truncated or no BiNealNet model) or does not
   *     match it (it was altered)
   */
  public static void check(Path file, byte[] sealed) {
    byte[] end = entry("0".repeat(HEX_LENGTH));
    int length = sealed.length - end.length;
    int prefix = end.length - HEX_LENGTH;
    if (length < 0 || !Arrays.equals(end, 0, prefix, sealed, length, length + prefix)) {
      throw new UserError(
          "cannot read model " + file,
          "a BiNealNet model, which ends in its checksum",
          sealed.length + " bytes that do not",
          "the file is truncated or comes from elsewhere: copy or export it again");
    }
    String expected = new String(sealed, length + prefix, HEX_LENGTH, StandardCharsets.US_ASCII);
    String actual = Hashes.sha256(sealed, length);
    if (!actual.equals(expected)) {
      throw new UserError(
          "model " + file + " was altered",
          "SHA-256 " + expected,
          actual,
          "copy or export it again");
    }
  }

  private static byte[] entry(String hex) {
    byte[] key = KEY.getBytes(StandardCharsets.US_ASCII);
    byte[] value = hex.getBytes(StandardCharsets.US_ASCII);
    int length = 4 + key.length + value.length;
    byte[] entry = new byte[2 + length];
    entry[0] = METADATA_TAG;
    entry[1] = (byte) length;
    entry[2] = KEY_TAG;
    entry[3] = (byte) key.length;
    System.arraycopy(key, 0, entry, 4, key.length);
    entry[4 + key.length] = VALUE_TAG;
    entry[5 + key.length] = (byte) value.length;
    System.arraycopy(value, 0, entry, 6 + key.length, value.length);
    return entry;
  }
}

package ai.binealnet.core.binary;

/**
 * The normative packing of signs into bytes: bit 1 means -1, bit i of byte j is channel 8j + i,
 * channels are padded to a multiple of 32 with zero bits. sign(0) and sign(-0.0) are +1, and so is
 * NaN.
 */
public final class BitPacking {
  /** Channels are padded to a multiple of this. */
  public static final int CHANNEL_BLOCK = 32;

  private BitPacking() {}

  /** {@code channels} rounded up to a multiple of {@link #CHANNEL_BLOCK}. */
  public static int paddedChannels(int channels) {
    return (channels + CHANNEL_BLOCK - 1) / CHANNEL_BLOCK * CHANNEL_BLOCK;
  }

  /** Bytes of one pixel, {@code paddedChannels / 8}. */
  public static int bytesPerPixel(int channels) {
    return paddedChannels(channels) / 8;
  }

  /** Packs the signs of [rows, channels] values into [rows, paddedChannels / 8] bytes. */
  public static byte[] pack(float[] values, int channels) {
    int rows = values.length / channels;
    int bytes = bytesPerPixel(channels);
    byte[] packed = new byte[rows * bytes];
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < channels; c++) {
        if (values[row * channels + c] < 0f) {
          packed[row * bytes + c / 8] |= (byte) (1 << c % 8);
        }
      }
    }
    return packed;
  }

  /** Unpacks to +1 and -1, [rows, channels]. */
  public static float[] unpack(byte[] packed, int channels) {
    int bytes = bytesPerPixel(channels);
    int rows = packed.length / bytes;
    float[] values = new float[rows * channels];
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < channels; c++) {
        values[row * channels + c] = (packed[row * bytes + c / 8] >> c % 8 & 1) == 1 ? -1f : 1f;
      }
    }
    return values;
  }
}

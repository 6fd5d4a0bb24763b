package ai.binealnet.deploy.parity;

import ai.binealnet.core.binary.BitPacking;

/** A value of a graph for a batch of images, in one of the forms it may be stored in. */
public sealed interface Activation {
  /** Number of images. */
  int batch();

  /** Rows; 1 for a vector. */
  int height();

  /** Columns; 1 for a vector. */
  int width();

  /** True channels, without padding. */
  int channels();

  /** Number of pixels in all images. */
  default int pixels() {
    return batch() * height() * width();
  }

  /**
   * The image.
   *
   * @param batch images
   * @param height rows
   * @param width columns
   * @param channels channels
   * @param values uint8 [N,H,W,C]
   */
  record Pixels(int batch, int height, int width, int channels, byte[] values)
      implements Activation {
    /** Checks the length. */
    public Pixels {
      requireLength(values.length, (long) batch * height * width * channels);
    }
  }

  /**
   * Signs.
   *
   * @param batch images
   * @param height rows
   * @param width columns
   * @param channels true channels
   * @param packed [N,H,W,C32/8], bit 1 is -1
   */
  record Bits(int batch, int height, int width, int channels, byte[] packed) implements Activation {
    /** Checks the length. */
    public Bits {
      requireLength(
          packed.length, (long) batch * height * width * BitPacking.bytesPerPixel(channels));
    }
  }

  /**
   * Small integers.
   *
   * @param batch images
   * @param height rows
   * @param width columns
   * @param channels true channels
   * @param values [N,H,W,C32]
   */
  record Int8(int batch, int height, int width, int channels, byte[] values) implements Activation {
    /** Checks the length. */
    public Int8 {
      requireLength(
          values.length, (long) batch * height * width * BitPacking.paddedChannels(channels));
    }
  }

  /**
   * Real numbers.
   *
   * @param batch images
   * @param height rows
   * @param width columns
   * @param channels channels
   * @param values float32 [N,H,W,C]
   */
  record Real(int batch, int height, int width, int channels, float[] values)
      implements Activation {
    /** Checks the length. */
    public Real {
      requireLength(values.length, (long) batch * height * width * channels);
    }
  }

  private static void requireLength(long actual, long expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "the extents need " + expected + " numbers, got " + actual);
    }
  }
}

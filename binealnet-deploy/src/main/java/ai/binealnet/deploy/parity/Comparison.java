package ai.binealnet.deploy.parity;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.deploy.parity.Activation.Bits;
import ai.binealnet.deploy.parity.Activation.Int8;
import ai.binealnet.deploy.parity.Activation.Real;

/**
 * Compares two forms of one value, true channels only. Bits equal real +1 and -1, an integer q
 * equals the real {@code q * scale}, real numbers equal by {@code ==} or are both NaN.
 */
final class Comparison {
  private Comparison() {}

  /**
   * Counts the numbers that differ; all of them if the extents differ.
   *
   * @param scale of an int8 value, ignored for others
   */
  static long mismatches(Activation a, Activation b, float scale) {
    boolean sameExtents =
        a.batch() == b.batch()
            && a.height() == b.height()
            && a.width() == b.width()
            && a.channels() == b.channels();
    if (!sameExtents) {
      return (long) a.pixels() * a.channels();
    }
    boolean bothIntegers = a instanceof Int8 && b instanceof Int8;
    float[] x = real(a, bothIntegers ? 1 : scale);
    float[] y = real(b, bothIntegers ? 1 : scale);
    long count = 0;
    for (int i = 0; i < x.length; i++) {
      if (x[i] != y[i] && !(Float.isNaN(x[i]) && Float.isNaN(y[i]))) {
        count++;
      }
    }
    return count;
  }

  private static float[] real(Activation a, float scale) {
    if (a instanceof Bits bits) {
      return BitPacking.unpack(bits.packed(), bits.channels());
    }
    if (a instanceof Real real) {
      return real.values();
    }
    boolean pixels = a instanceof Activation.Pixels;
    byte[] values = pixels ? ((Activation.Pixels) a).values() : ((Int8) a).values();
    int stride = pixels ? a.channels() : BitPacking.paddedChannels(a.channels());
    float[] numbers = new float[a.pixels() * a.channels()];
    for (int i = 0; i < numbers.length; i++) {
      byte value = values[i / a.channels() * stride + i % a.channels()];
      numbers[i] = pixels ? value & 0xff : value * scale;
    }
    return numbers;
  }
}

package ai.binealnet.deploy.lower;

/** Exactness of float32 arithmetic with powers of two. */
final class PowersOfTwo {
  /** Integers up to here, and no further, are all exact in float32. */
  static final int EXACT_INTEGERS = 1 << 24;

  /** Factors beyond 2^±60 might meet the denormal or infinite end of float32 in a product. */
  private static final int EXPONENT_LIMIT = 60;

  private PowersOfTwo() {}

  /** Whether {@code x} is a positive power of two of moderate size. */
  static boolean isPowerOfTwo(float x) {
    return x > 0 && isModerate(x) && (Float.floatToRawIntBits(x) & 0x7fffff) == 0;
  }

  /**
   * Whether {@code x} is 0 or far from the ends of float32, so that scaling it by 2^k loses
   * nothing.
   */
  static boolean isModerate(float x) {
    return x == 0 || Math.abs(Math.getExponent(x)) <= EXPONENT_LIMIT;
  }

  /** Whether all values are moderate. */
  static boolean areModerate(float[] values) {
    for (float value : values) {
      if (!isModerate(value)) {
        return false;
      }
    }
    return true;
  }
}

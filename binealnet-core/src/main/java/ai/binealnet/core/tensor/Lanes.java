package ai.binealnet.core.tensor;

/**
 * Comparisons and rounding without branches: the JIT compiler of JDK 17 vectorizes float additions,
 * products, minima and maxima, but neither a conditional nor {@code Math.rint}.
 */
final class Lanes {
  // two factors, because one cannot lift the smallest subnormal above 1 without being infinite
  // itself
  private static final float LIFT = 1e30f;
  private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it drops all fraction bits

  private Lanes() {}

  /** -1 for negative x, else +1, also for both zeros. */
  static float sign(float x) {
    return Math.min(1f, 2f * Math.max(-1f, x * LIFT * LIFT) + 1f);
  }

  /** 0 for negative x, else 1. */
  static float notNegative(float x) {
    return Math.min(1f, Math.max(0f, x * LIFT * LIFT + 1f));
  }

  /** 1 for both zeros, else 0. */
  static float isZero(float x) {
    return Math.max(0f, 1f - Math.max(x, -x) * LIFT * LIFT);
  }

  /** Rounds half to even; |x| below 2^22. */
  static float rint(float x) {
    return (x + ROUND) - ROUND;
  }
}

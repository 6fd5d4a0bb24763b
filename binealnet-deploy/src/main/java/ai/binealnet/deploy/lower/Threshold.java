package ai.binealnet.deploy.lower;

import java.util.function.IntPredicate;

/**
 * The threshold of a monotone predicate over a range of integers: it holds iff {@code y >= value},
 * or, where it is decreasing, iff {@code y < value}.
 *
 * @param value in [low, high + 1]
 * @param decreasing whether the predicate holds below the threshold
 */
record Threshold(int value, boolean decreasing) {
  /**
   * Finds the threshold by bisection. A constant predicate counts as increasing with threshold
   * {@code low} (always) or {@code high + 1} (never).
   *
   * @param holds monotone on [low, high]
   */
  static Threshold find(IntPredicate holds, int low, int high) {
    boolean atLow = holds.test(low);
    boolean atHigh = holds.test(high);
    if (atLow == atHigh) {
      return new Threshold(atLow ? low : high + 1, false);
    }
    int below = low;
    int reached = high;
    while ((long) reached - below > 1) {
      int middle = (int) (((long) below + reached) >> 1);
      if (holds.test(middle) == atHigh) {
        reached = middle;
      } else {
        below = middle;
      }
    }
    return new Threshold(reached, atLow);
  }

  /** A predicate over real numbers. */
  interface FloatPredicate {
    /** Whether it holds for {@code x}. */
    boolean test(float x);
  }

  /**
   * The smallest finite float from which on an increasing predicate holds: it holds iff {@code !(x
   * < result)}. Negative infinity if it always holds, positive infinity if for no finite x.
   */
  static float findReal(FloatPredicate holds) {
    int low = ordered(-Float.MAX_VALUE);
    int high = ordered(Float.MAX_VALUE);
    Threshold found = find(i -> holds.test(fromOrdered(i)), low, high);
    if (found.value() == low) {
      return Float.NEGATIVE_INFINITY;
    }
    return found.value() > high ? Float.POSITIVE_INFINITY : fromOrdered(found.value());
  }

  /** Maps floats to integers in the same order; -0.0 lies right below 0.0. */
  private static int ordered(float x) {
    int bits = Float.floatToRawIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits - 1;
  }

  private static float fromOrdered(int i) {
    return Float.intBitsToFloat(i >= 0 ? i : Integer.MIN_VALUE - i - 1);
  }
}

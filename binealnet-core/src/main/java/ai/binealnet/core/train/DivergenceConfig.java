package ai.binealnet.core.train;

/**
 * When a training that goes wrong is stopped, besides at a value that is infinite or NaN.
 *
 * @param factor the mean loss may not exceed this many times the initial loss; 0 to look for
 *     infinite and NaN values only
 * @param steps for how many steps in a row it may exceed it
 */
public record DivergenceConfig(double factor, int steps) {
  /** Checks the ranges. */
  public DivergenceConfig {
    if (!(factor == 0 || factor > 1 && factor < Double.POSITIVE_INFINITY) || steps < 1) {
      throw new IllegalArgumentException(
          "factor must be 0 or > 1, steps >= 1, got " + factor + " and " + steps);
    }
  }

  /** Five times the initial loss for 200 steps. */
  public static DivergenceConfig defaults() {
    return new DivergenceConfig(5, 200);
  }
}

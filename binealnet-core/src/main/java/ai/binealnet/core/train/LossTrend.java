package ai.binealnet.core.train;

/**
 * Where the loss is heading, seen through an average that forgets: {@code m += (loss - m) / min(t,
 * 50)} in step t. The first ten steps give the initial loss.
 *
 * @param steps steps seen
 * @param initial mean loss of the first of them
 * @param mean the average
 * @param above steps in a row that it has been too high
 */
public record LossTrend(long steps, double initial, double mean, int above) {
  private static final int FIRST = 10;
  private static final int WINDOW = 50;

  /** Nothing seen yet. */
  public static LossTrend start() {
    return new LossTrend(0, 0, 0, 0);
  }

  /**
   * The trend after one more step.
   *
   * @throws ArithmeticException if the average has been too high for too long
   */
  public LossTrend next(double loss, DivergenceConfig limits) {
    long t = steps + 1;
    double first = t <= FIRST ? initial + (loss - initial) / t : initial;
    double average = mean + (loss - mean) / Math.min(t, WINDOW);
    boolean high = limits.factor() > 0 && t > FIRST && average > limits.factor() * first;
    int count = high ? above + 1 : 0;
    if (count > limits.steps()) {
      throw new ArithmeticException(
          "the mean loss %.4g is more than %s times the initial loss %.4g for more than %d steps"
              .formatted(average, limits.factor(), first, limits.steps()));
    }
    return new LossTrend(t, first, average, count);
  }

  /** Whether the average is too high at the moment, though not yet for too long. */
  boolean suspicious() {
    return above > 0;
  }
}

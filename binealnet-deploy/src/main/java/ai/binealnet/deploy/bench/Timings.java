package ai.binealnet.deploy.bench;

import java.util.Arrays;

/** Times of repeated runs of one thing, in seconds or any other unit. Not thread-safe. */
public final class Timings {
  private static final int INITIAL = 64;

  private double[] values = new double[INITIAL];
  private int count;

  /** Adds the time of one run. */
  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** How many runs there were. */
  public int count() {
    return count;
  }

  /** The value below which {@code percent} of the times lie. */
  public double percentile(double percent) {
    double[] sorted = sorted();
    return sorted[(int) Math.min(count - 1L, Math.floor(percent / 100 * count))];
  }

  /** The time in the middle, or the mean of the two there. */
  public double median() {
    double[] sorted = sorted();
    int middle = count / 2;
    return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private double[] sorted() {
    if (count == 0) {
      throw new IllegalStateException("nothing was timed");
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }
}

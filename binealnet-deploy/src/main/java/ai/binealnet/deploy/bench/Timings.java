package ai.binealnet.deploy.bench;

import java.util.Arrays;

/** Times of repeated runs of one thing. */
final class Timings {
  private final double[] seconds;
  private int count;

  Timings(int capacity) {
    seconds = new double[capacity];
  }

  void add(double value) {
    seconds[count++] = value;
  }

  /** The value below which {@code percent} of the times lie. */
  double percentile(double percent) {
    double[] sorted = Arrays.copyOf(seconds, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, Math.floor(percent / 100 * count))];
  }

  double median() {
    return percentile(50);
  }
}

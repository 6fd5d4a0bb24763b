package ai.binealnet.core.instrument;

import java.util.Arrays;

/**
 * Counts of values in bins of equal width from the smallest to the largest.
 *
 * @param min smallest value
 * @param max largest value
 * @param count number of values
 * @param sum of the values
 * @param sumOfSquares of the values
 * @param limits upper end of each bin, which belongs to the bin above, except the last
 * @param counts values in each bin
 */
record Histogram(
    double min,
    double max,
    int count,
    double sum,
    double sumOfSquares,
    double[] limits,
    double[] counts) {

  /** Of at least one finite value. */
  static Histogram of(double[] values, int bins) {
    double min = Arrays.stream(values).min().orElseThrow();
    double max = Arrays.stream(values).max().orElseThrow();
    int used = min == max ? 1 : bins;
    double[] limits = new double[used];
    double[] counts = new double[used];
    for (int i = 0; i < used; i++) {
      limits[i] = i == used - 1 ? max : min + (max - min) * (i + 1) / used;
    }
    for (double value : values) {
      int bin = used == 1 ? 0 : (int) ((value - min) / (max - min) * used);
      counts[Math.min(bin, used - 1)]++;
    }
    return new Histogram(
        min,
        max,
        values.length,
        Arrays.stream(values).sum(),
        Arrays.stream(values).map(v -> v * v).sum(),
        limits,
        counts);
  }
}

package ai.binealnet.deploy.quantize;

/**
 * The range whose quantized distribution has the smallest Kullback-Leibler divergence from what was
 * seen (Migacz, 8-bit inference with TensorRT, 2017).
 *
 * <p>For a candidate threshold, P is the histogram below it with everything above added to its last
 * bin, and Q the same bins pooled into as many levels as 8 bits have, each level's count spread
 * evenly over its bins that are not empty. Exact zeros, of which a ReLU makes many, are
 * representable at any scale and take no part.
 */
final class Entropy {
  private static final int LEVELS = 256;
  private static final int STEP = 8;

  private Entropy() {}

  static Range range(Histogram seen) {
    Range all = seen.range();
    // Where both signs occur, they share the 256 integers.
    int levels = all.min() < 0 && all.max() > 0 ? LEVELS / 2 : LEVELS;
    int bins = threshold(seen.magnitudes(), levels);
    float limit = bins * seen.width();
    return new Range(Math.max(all.min(), -limit), Math.min(all.max(), limit));
  }

  /** The best number of bins to keep, at least {@code levels}. */
  static int threshold(long[] counts, int levels) {
    int end = counts.length;
    while (end > 0 && counts[end - 1] == 0) {
      end--;
    }
    int best = end;
    double least = Double.POSITIVE_INFINITY;
    for (int bins = end; bins >= levels; bins -= STEP) {
      double divergence = divergence(counts, bins, levels);
      if (divergence < least) {
        least = divergence;
        best = bins;
      }
    }
    return best;
  }

  /** KL(P || Q), natural logarithm; infinite where Q is empty and P is not. */
  static double divergence(long[] counts, int bins, int levels) {
    long inside = 0;
    for (int i = 0; i < bins; i++) {
      inside += counts[i];
    }
    long all = inside;
    for (int i = bins; i < counts.length; i++) {
      all += counts[i];
    }
    double sum = 0;
    for (int level = 0; level < levels; level++) {
      int from = (int) ((long) level * bins / levels);
      int to = (int) ((long) (level + 1) * bins / levels);
      sum += levelDivergence(counts, from, to, to == bins ? all - inside : 0, all, inside);
    }
    return sum;
  }

  private static double levelDivergence(
      long[] counts, int from, int to, long outliers, long all, long inside) {
    long pooled = 0;
    int filled = 0;
    for (int i = from; i < to; i++) {
      pooled += counts[i];
      filled += counts[i] > 0 ? 1 : 0;
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      long count = counts[i] + (i == to - 1 ? outliers : 0);
      if (count > 0) {
        double p = (double) count / all;
        double q = counts[i] > 0 ? (double) pooled / filled / inside : 0;
        sum += q > 0 ? p * Math.log(p / q) : Double.POSITIVE_INFINITY;
      }
    }
    return sum;
  }
}

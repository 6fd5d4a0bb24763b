package ai.binealnet.core.metric;

import java.util.Objects;

/**
 * Counts how often the true class is among the k highest scores. Of equal scores, the lower class
 * number ranks higher, so that k = 1 agrees with {@link #argMax}.
 */
public final class TopK {
  private final int k;
  private long correct;
  private long count;

  /**
   * Starts at zero.
   *
   * @param k at least 1
   */
  public TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be >= 1, got " + k);
    }
    this.k = k;
  }

  /**
   * Adds a batch.
   *
   * @param scores {@code [count, classes]}, higher is more likely; may be longer than that
   * @param labels {@code [count]}, the true classes; may be longer than that
   * @param count samples in the batch
   * @param classes number of classes
   * @throws IllegalArgumentException if a score is NaN
   */
  public void add(float[] scores, int[] labels, int count, int classes) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(count, classes), scores.length);
    for (int i = 0; i < count; i++) {
      if (rank(scores, i * classes, classes, labels[i]) < k) {
        correct++;
      }
    }
    this.count += count;
  }

  /** How many classes rank above the label, 0 .. classes - 1. */
  private static int rank(float[] scores, int offset, int classes, int label) {
    float own = scores[offset + Objects.checkIndex(label, classes)];
    int above = 0;
    for (int c = 0; c < classes; c++) {
      float score = scores[offset + c];
      if (Float.isNaN(score)) {
        throw new IllegalArgumentException("the score of class " + c + " is NaN");
      }
      if (score > own || (score == own && c < label)) {
        above++;
      }
    }
    return above;
  }

  /** The class with the highest score; the lowest number if several are equal. */
  public static int argMax(float[] scores, int offset, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (scores[offset + c] > scores[offset + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Samples added so far. */
  public long count() {
    return count;
  }

  /**
   * The fraction of samples that were right, 0..1.
   *
   * @throws IllegalStateException if no sample was added
   */
  public double value() {
    if (count == 0) {
      throw new IllegalStateException("no sample was added");
    }
    return (double) correct / count;
  }
}

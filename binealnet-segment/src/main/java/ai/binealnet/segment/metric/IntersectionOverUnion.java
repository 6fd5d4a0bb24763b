package ai.binealnet.segment.metric;

import ai.binealnet.core.metric.ConfusionMatrix;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The scores of semantic segmentation, over all pixels of a set at once (Everingham et al., 2010;
 * Long et al., 2015).
 */
final class IntersectionOverUnion {
  private IntersectionOverUnion() {}

  /**
   * {@code n[c][c] / (sum_k n[c][k] + sum_k n[k][c] - n[c][c])}; NaN for a class that is neither in
   * the truth nor in the predictions.
   */
  static double of(ConfusionMatrix matrix, int label) {
    long both = matrix.count(label, label);
    return (double) both / (matrix.labelled(label) + matrix.predicted(label) - both);
  }

  /** The mean over all classes that occur in truth or predictions. */
  static double mean(ConfusionMatrix matrix) {
    return mean(matrix, label -> of(matrix, label));
  }

  /** The mean over all classes of the truth of the part of their pixels that was found. */
  static double meanAccuracy(ConfusionMatrix matrix) {
    return mean(matrix, matrix::recall);
  }

  private static double mean(ConfusionMatrix matrix, IntToDoubleFunction score) {
    return IntStream.range(0, matrix.classes().size())
        .mapToDouble(score)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}

package ai.binealnet.classify.metric;

import ai.binealnet.core.metric.Accuracy;
import ai.binealnet.core.metric.ConfusionMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy and confusion of a classifier, gathered batch by batch from logits, wherever they come
 * from.
 */
public final class Evaluation {
  private final Accuracy accuracy = new Accuracy();
  private final ConfusionMatrix confusion;

  /** An empty evaluation over these classes. */
  public Evaluation(List<String> classes) {
    confusion = new ConfusionMatrix(classes);
  }

  /**
   * Adds a batch.
   *
   * @param logits [count, classes]
   * @param labels [count]
   */
  public void add(float[] logits, int[] labels, int count) {
    accuracy.add(logits, labels, count, confusion.classes().size());
    confusion.add(logits, labels, count);
  }

  /** {@code top1} and {@code top5}, fractions of one. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("top1", accuracy.top1());
    metrics.put("top5", accuracy.top5());
    return metrics;
  }

  /** Pictures seen. */
  public long images() {
    return accuracy.count();
  }

  /** Counts by label and prediction. */
  public ConfusionMatrix confusion() {
    return confusion;
  }
}

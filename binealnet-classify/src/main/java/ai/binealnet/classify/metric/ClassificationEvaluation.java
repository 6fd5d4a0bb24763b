package ai.binealnet.classify.metric;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.metric.Accuracy;
import ai.binealnet.core.metric.ConfusionMatrix;
import ai.binealnet.core.report.ConfusionPicture;
import ai.binealnet.core.task.Evaluation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy and confusion of a classifier, gathered batch by batch from logits, wherever they come
 * from.
 */
public final class ClassificationEvaluation implements Evaluation {
  private final Accuracy accuracy = new Accuracy();
  private final ConfusionMatrix confusion;

  /** An empty evaluation over these classes. */
  public ClassificationEvaluation(List<String> classes) {
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
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("top1", accuracy.top1());
    metrics.put("top5", accuracy.top5());
    return metrics;
  }

  @Override
  public long images() {
    return accuracy.count();
  }

  /** Counts by label and prediction. */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** Writes {@code confusion.png} and {@code confusion.csv}. */
  @Override
  public void draw(Path folder) {
    ConfusionPicture.write(confusion, folder.resolve("confusion.png"));
    AtomicFiles.write(
        folder.resolve("confusion.csv"), confusion.toCsv().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return confusion.toString();
  }
}

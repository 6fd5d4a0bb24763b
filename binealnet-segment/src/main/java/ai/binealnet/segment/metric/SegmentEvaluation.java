package ai.binealnet.segment.metric;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.metric.ConfusionMatrix;
import ai.binealnet.core.report.BarPicture;
import ai.binealnet.core.report.ConfusionPicture;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.segment.decode.LabelMap;
import ai.binealnet.segment.decode.MaskPicture;
import ai.binealnet.segment.decode.Segmentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Predictions held against the truth, picture by picture, wherever they come from. Void pixels do
 * not count.
 */
public final class SegmentEvaluation implements Evaluation {
  private final ConfusionMatrix confusion;
  private final Map<Integer, Example> examples = new TreeMap<>();
  private int images;

  /** A picture that is kept to be drawn. */
  private record Example(Image picture, LabelMap truth, Segmentation predicted) {}

  /** An empty evaluation over these classes. */
  public SegmentEvaluation(List<String> classes) {
    confusion = new ConfusionMatrix(classes);
  }

  /**
   * Adds a picture.
   *
   * @param picture to draw later; a few are kept
   * @param truth of the picture's size
   * @param predicted of the same size
   * @throws IllegalArgumentException if the sizes differ
   */
  public void add(Image picture, LabelMap truth, LabelMap predicted) {
    if (truth.height() != predicted.height() || truth.width() != predicted.width()) {
      throw new IllegalArgumentException(truth + " and " + predicted + " differ in size");
    }
    for (int i = 0; i < truth.labels().length; i++) {
      int label = truth.labels()[i] & 0xff;
      if (label != LabelMap.VOID) {
        confusion.add(label, predicted.labels()[i] & 0xff);
      }
    }
    if (Integer.bitCount(images) <= 1) { // 0, 1, 2, 4, 8 …: a few from everywhere
      examples.put(
          images, new Example(picture, truth, new Segmentation(predicted, confusion.classes())));
    }
    images++;
  }

  @Override
  public long images() {
    return images;
  }

  /** {@code mIoU}, {@code pixel_accuracy} and {@code class_accuracy}, fractions of one. */
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mIoU", IntersectionOverUnion.mean(confusion));
    metrics.put("pixel_accuracy", confusion.accuracy());
    metrics.put("class_accuracy", IntersectionOverUnion.meanAccuracy(confusion));
    return metrics;
  }

  /** Intersection over union of each class by its name; NaN where it does not occur. */
  public Map<String, Double> classes() {
    Map<String, Double> classes = new LinkedHashMap<>();
    for (int c = 0; c < confusion.classes().size(); c++) {
      classes.put(confusion.classes().get(c), IntersectionOverUnion.of(confusion, c));
    }
    return classes;
  }

  /** Counts of pixels by label and prediction. */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /**
   * Writes {@code segmentation-<number>.png} (picture, truth, prediction), {@code iou.png}, {@code
   * confusion.png} and {@code confusion.csv}.
   */
  @Override
  public void draw(Path folder) {
    examples.forEach(
        (number, example) ->
            ImageFiles.writePng(
                MaskPicture.compare(example.picture, example.truth, example.predicted),
                folder.resolve("segmentation-%03d.png".formatted(number))));
    BarPicture.write("Intersection over union", classes(), folder.resolve("iou.png"));
    ConfusionPicture.write(confusion, folder.resolve("confusion.png"));
    AtomicFiles.write(
        folder.resolve("confusion.csv"), confusion.toCsv().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, "%-20s %7s %9s%n", "class", "IoU", "accuracy"));
    Map<String, Double> classes = classes();
    for (int c = 0; c < classes.size(); c++) {
      String name = confusion.classes().get(c);
      table.append(line(name, classes.get(name), confusion.recall(c)));
    }
    return table
        .append(
            line(
                "mean",
                IntersectionOverUnion.mean(confusion),
                IntersectionOverUnion.meanAccuracy(confusion)))
        .append(String.format(Locale.ROOT, "pixel accuracy %.4f%n", confusion.accuracy()))
        .toString();
  }

  private static String line(String name, double iou, double accuracy) {
    return String.format(Locale.ROOT, "%-20s %7s %9s%n", name, fraction(iou), fraction(accuracy));
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}

package ai.binealnet.detect.metric;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.report.LineCharts;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.BoxPainter;
import ai.binealnet.detect.decode.Detection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How well a detector does, gathered picture by picture from decoded detections, wherever they come
 * from.
 */
public final class DetectionEvaluation implements Evaluation {
  /** Main metric: PASCAL VOC's mean average precision at IoU 0.5, all points. */
  public static final String MAP50 = "mAP50";

  /** COCO's mean average precision over IoU 0.5 to 0.95. */
  public static final String MAP = "mAP";

  /** Detections that pictures show. */
  public static final double SHOWN_SCORE = 0.3;

  private static final int SHOWN_PICTURES = 8;

  private record Shown(Image image, List<Detection> detections, List<LabeledBox> objects) {}

  private final List<String> classes;
  private final DetectionResults results;
  private final List<Shown> shown = new ArrayList<>();

  /** An empty evaluation over these classes. */
  public DetectionEvaluation(List<String> classes) {
    this.classes = List.copyOf(classes);
    results = new DetectionResults(classes.size());
  }

  /**
   * Adds a picture.
   *
   * @param sample the picture in its own size, with what is there
   * @param detections what was found, in its pixels
   */
  public void add(DetectionSample sample, List<Detection> detections) {
    results.add(sample.boxes(), detections);
    if (shown.size() < SHOWN_PICTURES) {
      List<Detection> sure = detections.stream().filter(d -> d.score() >= SHOWN_SCORE).toList();
      shown.add(new Shown(sample.image(), sure, sample.boxes()));
    }
  }

  @Override
  public long images() {
    return results.pictures();
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(MAP50, results.vocMeanAveragePrecision());
    metrics.put(MAP, results.cocoMeanAveragePrecision());
    return metrics;
  }

  /** The figures class by class. */
  public DetectionResults results() {
    return results;
  }

  /**
   * Writes {@code detections-0.png} and so on with the first pictures, {@code precision-recall.png}
   * and {@code classes.csv}.
   */
  @Override
  public void draw(Path folder) {
    BoxPainter painter = new BoxPainter(classes);
    for (int i = 0; i < shown.size(); i++) {
      Shown each = shown.get(i);
      Image drawn =
          painter.draw(
              each.image, each.detections, each.objects.stream().map(LabeledBox::box).toList());
      ImageFiles.writePng(drawn, folder.resolve("detections-" + i + ".png"));
    }
    drawCurves(folder.resolve("precision-recall.png"));
    AtomicFiles.write(folder.resolve("classes.csv"), csv().getBytes(StandardCharsets.UTF_8));
  }

  private void drawCurves(Path file) {
    Map<String, LineCharts.Line> lines = new LinkedHashMap<>();
    for (int label = 0; label < classes.size(); label++) {
      PrecisionRecall curve = results.curve(label, Matching.voc(DetectionResults.VOC_THRESHOLD));
      if (curve.objects() > 0 && curve.recall().length > 0) {
        lines.put(classes.get(label), new LineCharts.Line(curve.recall(), curve.precision()));
      }
    }
    if (!lines.isEmpty()) {
      LineCharts.writeFractions(
          "Precision and recall at IoU 0.5", "recall", "precision", lines, file);
    }
  }

  private String csv() {
    StringBuilder csv = new StringBuilder("class,objects,AP50,AP\n");
    for (int label = 0; label < classes.size(); label++) {
      csv.append('"').append(classes.get(label).replace("\"", "\"\"")).append('"');
      csv.append(',').append(results.objects(label));
      csv.append(',').append(text(results.vocAveragePrecision(label), "%.6f", ""));
      csv.append(',').append(text(results.cocoAveragePrecision(label), "%.6f", "")).append('\n');
    }
    return csv.toString();
  }

  @Override
  public String toString() {
    StringBuilder table =
        new StringBuilder(
            String.format(Locale.ROOT, "%-24s %8s %7s %7s%n", "class", "objects", "AP50", "AP"));
    for (int label = 0; label < classes.size(); label++) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-24s %8d %7s %7s%n",
              classes.get(label),
              results.objects(label),
              text(results.vocAveragePrecision(label), "%.4f", "-"),
              text(results.cocoAveragePrecision(label), "%.4f", "-")));
    }
    metrics()
        .forEach(
            (name, value) -> table.append(String.format(Locale.ROOT, "%s %.4f%n", name, value)));
    return table.toString();
  }

  private static String text(OptionalDouble value, String format, String none) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : none;
  }
}

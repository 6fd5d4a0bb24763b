package ai.binealnet.detect.metric;

import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What was found in pictures and what was there, and the usual figures about it. */
public final class DetectionResults {
  /** The overlap that PASCAL VOC asks for. */
  static final double VOC_THRESHOLD = 0.5;

  private static final int COCO_THRESHOLDS = 10;
  private static final double COCO_LAST = 0.95;

  private record Result(List<LabeledBox> objects, List<Detection> detections) {}

  private final int classes;
  private final List<Result> pictures = new ArrayList<>();

  /** Nothing yet. */
  public DetectionResults(int classes) {
    this.classes = classes;
  }

  /** Adds a picture. */
  public void add(List<LabeledBox> objects, List<Detection> detections) {
    List<Detection> ranked =
        detections.stream()
            .sorted(Comparator.comparingDouble(Detection::score).reversed())
            .toList();
    pictures.add(new Result(List.copyOf(objects), ranked));
  }

  /** Pictures added. */
  public int pictures() {
    return pictures.size();
  }

  /** Objects of a class, difficult ones and crowds not counted. */
  public int objects(int label) {
    return curve(label, Matching.voc(VOC_THRESHOLD)).objects();
  }

  /** The curve of a class. */
  PrecisionRecall curve(int label, Matching matching) {
    int objects = 0;
    List<Matching.Judged> judged = new ArrayList<>();
    for (Result picture : pictures) {
      List<LabeledBox> there =
          picture.objects.stream().filter(object -> object.label() == label).toList();
      objects += (int) there.stream().filter(matching::counts).count();
      judged.addAll(
          matching.judge(
              there, picture.detections.stream().filter(d -> d.label() == label).toList()));
    }
    return PrecisionRecall.of(objects, judged);
  }

  /** Average precision of PASCAL VOC (all points, IoU 0.5); empty for a class without objects. */
  public OptionalDouble vocAveragePrecision(int label) {
    PrecisionRecall curve = curve(label, Matching.voc(VOC_THRESHOLD));
    return curve.objects() == 0 ? OptionalDouble.empty() : OptionalDouble.of(curve.area());
  }

  /** Average precision of COCO at one threshold; empty for a class without objects. */
  public OptionalDouble cocoAveragePrecision(int label, double threshold) {
    PrecisionRecall curve = curve(label, Matching.coco(threshold));
    return curve.objects() == 0 ? OptionalDouble.empty() : OptionalDouble.of(curve.mean101());
  }

  /** Average precision of COCO over IoU 0.5, 0.55, ... 0.95; empty for a class without objects. */
  public OptionalDouble cocoAveragePrecision(int label) {
    if (objects(label) == 0) {
      return OptionalDouble.empty();
    }
    return cocoThresholds().map(t -> cocoAveragePrecision(label, t).orElseThrow()).average();
  }

  /** As pycocotools forms them, to the last bit, because an IoU may lie right on one. */
  private static DoubleStream cocoThresholds() {
    double step = (COCO_LAST - VOC_THRESHOLD) / (COCO_THRESHOLDS - 1);
    return IntStream.range(0, COCO_THRESHOLDS).mapToDouble(i -> i * step + VOC_THRESHOLD);
  }

  /** Mean over the classes that have objects of {@link #vocAveragePrecision}; 0 if none has. */
  public double vocMeanAveragePrecision() {
    return mean(IntStream.range(0, classes).mapToObj(this::vocAveragePrecision).toList());
  }

  /** Mean over the classes that have objects of {@link #cocoAveragePrecision}; 0 if none has. */
  public double cocoMeanAveragePrecision() {
    return mean(IntStream.range(0, classes).mapToObj(c -> cocoAveragePrecision(c)).toList());
  }

  private static double mean(List<OptionalDouble> values) {
    return values.stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average()
        .orElse(0);
  }
}

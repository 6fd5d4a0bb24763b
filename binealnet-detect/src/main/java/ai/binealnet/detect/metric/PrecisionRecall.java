package ai.binealnet.detect.metric;

import java.util.Comparator;
import java.util.List;

/**
 * Precision and recall of one class, as more and more detections are believed, best first.
 *
 * @param objects that should be found
 * @param recall after each detection: found objects / objects
 * @param precision after each detection: found objects / detections
 */
record PrecisionRecall(int objects, double[] recall, double[] precision) {
  private static final int POINTS = 101;
  private static final double STEP = 0.01;

  /**
   * The curve.
   *
   * @param judged over all pictures; of equal scores the earlier ranks first
   */
  static PrecisionRecall of(int objects, List<Matching.Judged> judged) {
    List<Matching.Judged> ranked =
        judged.stream()
            .sorted(Comparator.comparingDouble(Matching.Judged::score).reversed())
            .toList();
    double[] recall = new double[ranked.size()];
    double[] precision = new double[ranked.size()];
    int right = 0;
    for (int i = 0; i < ranked.size(); i++) {
      right += ranked.get(i).right() ? 1 : 0;
      recall[i] = (double) right / Math.max(1, objects);
      precision[i] = (double) right / (i + 1);
    }
    return new PrecisionRecall(objects, recall, precision);
  }

  /** The best precision at this or a higher recall. */
  private double[] envelope() {
    double[] envelope = precision.clone();
    for (int i = envelope.length - 2; i >= 0; i--) {
      envelope[i] = Math.max(envelope[i], envelope[i + 1]);
    }
    return envelope;
  }

  /** Average precision of PASCAL VOC since 2010: the area under the envelope. */
  double area() {
    double[] envelope = envelope();
    double area = 0;
    double before = 0;
    for (int i = 0; i < envelope.length; i++) {
      area += (recall[i] - before) * envelope[i];
      before = recall[i];
    }
    return area;
  }

  /** Average precision of COCO: the mean of the envelope at recalls 0, 0.01, ... 1. */
  double mean101() {
    double[] envelope = envelope();
    double sum = 0;
    int i = 0;
    for (int point = 0; point < POINTS; point++) {
      double wanted = point * STEP; // as pycocotools forms it, to the last bit
      while (i < envelope.length && recall[i] < wanted) {
        i++;
      }
      sum += i < envelope.length ? envelope[i] : 0;
    }
    return sum / POINTS;
  }
}

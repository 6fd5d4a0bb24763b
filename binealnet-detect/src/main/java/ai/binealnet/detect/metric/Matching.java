package ai.binealnet.detect.metric;

import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Detection;
import java.util.ArrayList;
import java.util.List;

/** Decides which detections of one class in one picture are right. */
interface Matching {
  /**
   * A detection that counts.
   *
   * @param score of the detection
   * @param right whether it found an object that no better one found
   */
  record Judged(double score, boolean right) {}

  /**
   * Judges the detections; those that neither help nor hurt are left out.
   *
   * @param objects of the class
   * @param detections of the class, best first
   */
  List<Judged> judge(List<LabeledBox> objects, List<Detection> detections);

  /** Whether an object must be found. */
  boolean counts(LabeledBox object);

  /**
   * PASCAL VOC (Everingham et al., 2010): a detection belongs to the object that it overlaps most;
   * it is right if the IoU reaches the threshold and no better one has that object. What belongs to
   * a difficult object or a crowd is left out.
   */
  static Matching voc(double threshold) {
    return new VocMatching(threshold);
  }

  /**
   * COCO (Lin et al., 2014; the rules of pycocotools): a detection takes the object that it
   * overlaps most of those that no better one took and where the IoU reaches the threshold; only if
   * there is none, one that need not be found. A crowd takes any number, its overlap being the part
   * of the detection inside it.
   */
  static Matching coco(double threshold) {
    return new CocoMatching(threshold);
  }

  /** See {@link #voc}. */
  record VocMatching(double threshold) implements Matching {
    @Override
    public List<Judged> judge(List<LabeledBox> objects, List<Detection> detections) {
      boolean[] found = new boolean[objects.size()];
      List<Judged> judged = new ArrayList<>();
      for (Detection detection : detections) {
        int best = best(objects, detection);
        boolean hit = best >= 0 && overlap(objects.get(best), detection) >= threshold;
        if (!hit || counts(objects.get(best))) {
          judged.add(new Judged(detection.score(), hit && !found[best]));
        }
        if (hit) {
          found[best] = true;
        }
      }
      return judged;
    }

    private static int best(List<LabeledBox> objects, Detection detection) {
      int best = -1;
      double most = 0;
      for (int g = 0; g < objects.size(); g++) {
        double overlap = overlap(objects.get(g), detection);
        if (overlap > most) {
          most = overlap;
          best = g;
        }
      }
      return best;
    }

    @Override
    public boolean counts(LabeledBox object) {
      return !object.difficult() && !object.crowd();
    }
  }

  /** See {@link #coco}. */
  record CocoMatching(double threshold) implements Matching {
    /** COCO's limit of detections of a class in a picture. */
    private static final int MOST = 100;

    @Override
    public List<Judged> judge(List<LabeledBox> objects, List<Detection> detections) {
      List<LabeledBox> sought = new ArrayList<>(objects.stream().filter(this::counts).toList());
      int mandatory = sought.size();
      objects.stream().filter(object -> !counts(object)).forEach(sought::add);
      boolean[] taken = new boolean[sought.size()];
      List<Judged> judged = new ArrayList<>();
      for (Detection detection : detections.subList(0, Math.min(MOST, detections.size()))) {
        int match = match(detection, sought, 0, mandatory, taken);
        if (match < 0) {
          match = match(detection, sought, mandatory, sought.size(), taken);
        }
        if (match < 0 || match < mandatory) {
          judged.add(new Judged(detection.score(), match >= 0));
        }
        if (match >= 0) {
          taken[match] = true;
        }
      }
      return judged;
    }

    /** Of equal overlaps, the last object is taken, as pycocotools does. */
    private int match(
        Detection detection, List<LabeledBox> objects, int from, int to, boolean[] taken) {
      int match = -1;
      double most = threshold;
      for (int g = from; g < to; g++) {
        boolean free = !taken[g] || objects.get(g).crowd();
        double overlap = overlap(objects.get(g), detection);
        if (free && overlap >= most) {
          most = overlap;
          match = g;
        }
      }
      return match;
    }

    @Override
    public boolean counts(LabeledBox object) {
      return !object.difficult() && !object.crowd();
    }
  }

  /** IoU; of a crowd, the part of the detection that is inside it. */
  private static double overlap(LabeledBox object, Detection detection) {
    if (!object.crowd()) {
      return object.box().iou(detection.box());
    }
    double area = detection.box().area();
    return area > 0 ? object.box().intersection(detection.box()) / area : 0;
  }
}

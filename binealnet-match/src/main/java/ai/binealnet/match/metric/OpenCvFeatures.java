package ai.binealnet.match.metric;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.decode.Descriptors;
import ai.binealnet.match.decode.Features;
import ai.binealnet.match.decode.KeyPoint;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.geometry.Mats;
import ai.binealnet.match.geometry.Point;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.features2d.AKAZE;
import org.opencv.features2d.Feature2D;
import org.opencv.features2d.ORB;
import org.opencv.features2d.SIFT;

/**
 * OpenCV's features, to compare with. Thresholds are low enough for the number of key points that
 * is asked for; the best by OpenCV's response are kept.
 */
public enum OpenCvFeatures {
  /** Oriented FAST and rotated BRIEF (Rublee et al., 2011), 256 bits. */
  ORB("orb"),
  /** Accelerated KAZE (Alcantarilla et al., 2013), 486 bits. */
  AKAZE("akaze"),
  /** Scale-invariant feature transform (Lowe, 2004), 128 numbers. */
  SIFT("sift");

  private static final int FAST_THRESHOLD = 5;
  private static final float AKAZE_THRESHOLD = 1e-5f;
  private static final double SIFT_CONTRAST = 0.01;

  /** OpenCV's defaults, which come before or after the contrast. */
  private static final int SIFT_LAYERS = 3;

  private static final double SIFT_EDGE = 10;
  private static final double SIFT_SIGMA = 1.6;

  private final String label;

  OpenCvFeatures(String label) {
    this.label = label;
  }

  /** Name in tables. */
  public String label() {
    return label;
  }

  /** A pair matched by every method, by its name; at most so many key points each. */
  static Map<String, Matches> matches(Image first, Image second, int keyPoints) {
    Map<String, Matches> matches = new LinkedHashMap<>();
    for (OpenCvFeatures method : values()) {
      matches.put(
          method.label,
          Matches.of(method.extract(first, keyPoints), method.extract(second, keyPoints)));
    }
    return matches;
  }

  private Feature2D detector(int keyPoints) {
    return switch (this) {
      case ORB -> {
        ORB orb = org.opencv.features2d.ORB.create(keyPoints);
        orb.setFastThreshold(FAST_THRESHOLD);
        yield orb;
      }
      case AKAZE -> {
        AKAZE akaze = org.opencv.features2d.AKAZE.create();
        akaze.setThreshold(AKAZE_THRESHOLD);
        yield akaze;
      }
      case SIFT ->
          org.opencv.features2d.SIFT.create(
              keyPoints, SIFT_LAYERS, SIFT_CONTRAST, SIFT_EDGE, SIFT_SIGMA);
    };
  }

  /** The best key points of a picture, at most so many; none where there is nothing to see. */
  public Features extract(Image image, int keyPoints) {
    Mat grey = Mats.grey(image);
    Mat all = new Mat();
    Mat described = new Mat();
    MatOfKeyPoint found = new MatOfKeyPoint();
    try {
      detector(keyPoints).detectAndCompute(grey, all, found, described);
      return best(found.toArray(), described, keyPoints);
    } finally {
      Stream.of(grey, all, described, found).forEach(Mat::release);
    }
  }

  private Features best(org.opencv.core.KeyPoint[] found, Mat described, int keyPoints) {
    Integer[] order = new Integer[found.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -found[i].response)); // stable
    List<Integer> kept = Arrays.asList(order).subList(0, Math.min(keyPoints, order.length));
    List<KeyPoint> points =
        kept.stream()
            .map(i -> found[i])
            .map(p -> new KeyPoint(new Point(p.pt.x, p.pt.y), p.response, p.size))
            .toList();
    return new Features(points, this == SIFT ? real(described, kept) : bits(described, kept));
  }

  private static Descriptors real(Mat described, List<Integer> rows) {
    int dimensions = Math.max(1, described.cols());
    float[] values = new float[rows.size() * dimensions];
    float[] row = new float[dimensions];
    for (int i = 0; i < rows.size(); i++) {
      described.get(rows.get(i), 0, row);
      double length = Core.norm(described.row(rows.get(i)));
      for (int k = 0; k < dimensions; k++) {
        values[i * dimensions + k] = (float) (row[k] / Math.max(length, 1e-12));
      }
    }
    return new Descriptors.Real(dimensions, values);
  }

  private static Descriptors bits(Mat described, List<Integer> rows) {
    int bytes = Math.max(1, described.cols());
    int words = Descriptors.Bits.words(bytes * Byte.SIZE);
    long[] packed = new long[rows.size() * words];
    byte[] row = new byte[bytes];
    for (int i = 0; i < rows.size(); i++) {
      described.get(rows.get(i), 0, row);
      for (int k = 0; k < bytes; k++) {
        int bit = k * Byte.SIZE;
        packed[i * words + bit / Long.SIZE] |= (row[k] & 0xffL) << bit;
      }
    }
    return new Descriptors.Bits(bytes * Byte.SIZE, packed);
  }
}

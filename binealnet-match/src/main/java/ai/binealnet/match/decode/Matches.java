package ai.binealnet.match.decode;

import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import ai.binealnet.match.geometry.RobustHomography;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Two pictures matched.
 *
 * @param first features of the first picture
 * @param second features of the second
 * @param pairs key points that belong together
 * @param geometry the homography that most pairs agree on, if there is one
 */
public record Matches(
    Features first,
    Features second,
    List<Correspondence> pairs,
    Optional<RobustHomography> geometry) {
  /** Largest error of a pair that fits a homography, in pixels. */
  public static final double DEFAULT_THRESHOLD = 3;

  /** Copies the list. */
  public Matches {
    pairs = List.copyOf(pairs);
  }

  /** Mutual nearest neighbours, and their homography by RANSAC within 3 pixels. */
  public static Matches of(Features first, Features second) {
    return of(first, second, RobustHomography.Method.RANSAC, DEFAULT_THRESHOLD);
  }

  /**
   * Mutual nearest neighbours and their homography.
   *
   * @param threshold largest error of a pair that fits, in pixels
   */
  public static Matches of(
      Features first, Features second, RobustHomography.Method method, double threshold) {
    List<Correspondence> pairs = MutualNearest.of(first.descriptors(), second.descriptors());
    List<Point> from = pairs.stream().map(p -> first.points().get(p.first()).place()).toList();
    List<Point> to = pairs.stream().map(p -> second.points().get(p.second()).place()).toList();
    return new Matches(first, second, pairs, RobustHomography.find(from, to, method, threshold));
  }

  /** Place of a pair's key point in the first picture. */
  public Point from(Correspondence pair) {
    return first.points().get(pair.first()).place();
  }

  /** Place of a pair's key point in the second picture. */
  public Point to(Correspondence pair) {
    return second.points().get(pair.second()).place();
  }

  /** The homography from the first to the second picture. */
  public Optional<Homography> homography() {
    return geometry.map(RobustHomography::homography);
  }

  /** Whether a pair fits the homography; false if there is none. */
  public boolean isInlier(int pair) {
    return geometry.isPresent() && geometry.get().inliers()[pair];
  }

  /**
   * For JSON: key points as [x, y, score, scale], pairs as [first, second, distance], the
   * homography as three rows or null, descriptors in base64.
   */
  public Map<String, Object> toRecord() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("first", record(first));
    result.put("second", record(second));
    result.put(
        "matches", pairs.stream().map(p -> List.of(p.first(), p.second(), p.distance())).toList());
    result.put("inliers", IntStream.range(0, pairs.size()).filter(this::isInlier).boxed().toList());
    result.put("homography", homography().map(Matches::rows).orElse(null));
    return result;
  }

  private static Map<String, Object> record(Features features) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(
        "key_points",
        features.points().stream()
            .map(p -> List.of(p.place().x(), p.place().y(), p.score(), p.scale()))
            .toList());
    Descriptors descriptors = features.descriptors();
    result.put("descriptor_type", descriptors.type());
    result.put("descriptor_length", descriptors.dimensions());
    result.put("descriptors", descriptors.base64());
    return result;
  }

  private static List<List<Double>> rows(Homography homography) {
    double[] v = homography.values();
    return List.of(List.of(v[0], v[1], v[2]), List.of(v[3], v[4], v[5]), List.of(v[6], v[7], v[8]));
  }
}

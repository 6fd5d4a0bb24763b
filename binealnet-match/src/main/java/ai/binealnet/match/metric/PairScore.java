package ai.binealnet.match.metric;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.decode.Correspondence;
import ai.binealnet.match.decode.KeyPoint;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import java.util.List;

/**
 * How well one pair of pictures was matched.
 *
 * @param accuracy at t = 1 … 10 pixels, from index 0: part of the matches that lie within t pixels
 *     of the truth, MMA (Mikolajczyk and Schmid, 2005); 0 if there are none
 * @param cornerError mean distance of the first picture's corners under the homography found and
 *     the true one, in pixels; infinite if none was found
 * @param repeatability of the key points that both pictures show, the part that has one in the
 *     other picture within 3 pixels; 0 if there are none
 * @param matches number of matches
 * @param keyPoints mean number of key points of the two pictures
 */
public record PairScore(
    double[] accuracy, double cornerError, double repeatability, int matches, double keyPoints) {
  /** Thresholds of {@link #accuracy}. */
  public static final int THRESHOLDS = 10;

  private static final double REPEATED = 3;

  /** Copies the array. */
  public PairScore {
    accuracy = accuracy.clone();
  }

  /**
   * Holds matches against the truth.
   *
   * @param truth from the first to the second picture
   */
  public static PairScore of(Matches matches, Homography truth, Image first, Image second) {
    double cornerError =
        matches
            .homography()
            .map(found -> truth.cornerError(found, first.height(), first.width()))
            .orElse(Double.POSITIVE_INFINITY);
    return new PairScore(
        accuracies(matches, truth),
        Double.isFinite(cornerError) ? cornerError : Double.POSITIVE_INFINITY,
        repeatability(matches, truth, first, second),
        matches.pairs().size(),
        (matches.first().size() + matches.second().size()) / 2.0);
  }

  private static double[] accuracies(Matches matches, Homography truth) {
    double[] accuracies = new double[THRESHOLDS];
    int count = matches.pairs().size();
    for (Correspondence pair : matches.pairs()) {
      double error = truth.apply(matches.from(pair)).distance(matches.to(pair));
      for (int t = 1; t <= THRESHOLDS; t++) {
        accuracies[t - 1] += error <= t ? 1.0 / count : 0;
      }
    }
    return accuracies;
  }

  private static double repeatability(
      Matches matches, Homography truth, Image first, Image second) {
    List<Point> ones = places(matches.first().points());
    List<Point> others = places(matches.second().points());
    long[] forth = repeated(ones, others, truth, second);
    long[] back = repeated(others, ones, truth.inverse(), first);
    long shared = forth[1] + back[1];
    return shared == 0 ? 0 : (double) (forth[0] + back[0]) / shared;
  }

  private static List<Point> places(List<KeyPoint> points) {
    return points.stream().map(KeyPoint::place).toList();
  }

  /** How many points are found again, and how many could be. */
  private static long[] repeated(
      List<Point> points, List<Point> others, Homography map, Image other) {
    long found = 0;
    long visible = 0;
    for (Point point : points) {
      Point there = map.apply(point);
      if (there.isInside(other.height(), other.width())) {
        visible++;
        found += others.stream().anyMatch(p -> p.distance(there) <= REPEATED) ? 1 : 0;
      }
    }
    return new long[] {found, visible};
  }
}

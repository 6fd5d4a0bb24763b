package ai.binealnet.match.geometry;

import ai.binealnet.core.data.ImageFiles;
import java.util.List;
import java.util.Optional;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;

/**
 * A homography found from matches, many of which may be wrong.
 *
 * @param homography from the first to the second picture
 * @param inliers for each match, whether it fits
 */
public record RobustHomography(Homography homography, boolean[] inliers) {
  static {
    ImageFiles.openCvVersion(); // loads the native library
  }

  private static final int NEEDED = 4;
  private static final int ITERATIONS = 10_000;
  private static final double CONFIDENCE = 0.9999;

  /** How wrong matches are found; both draw from a fixed seed. */
  public enum Method {
    /** Random sample consensus (Fischler and Bolles, 1981). */
    RANSAC(Calib3d.RANSAC),
    /** MAGSAC++ (Barath et al., 2020), OpenCV's USAC. */
    USAC(Calib3d.USAC_MAGSAC);

    private final int code;

    Method(int code) {
      this.code = code;
    }
  }

  /** Copies the array. */
  public RobustHomography {
    inliers = inliers.clone();
  }

  /** How many matches fit. */
  public int inlierCount() {
    int count = 0;
    for (boolean inlier : inliers) {
      count += inlier ? 1 : 0;
    }
    return count;
  }

  /**
   * Finds the homography that most matches agree on.
   *
   * @param first places in the first picture
   * @param second places in the second picture, as many
   * @param threshold largest distance of a match that fits, in pixels
   * @return nothing with fewer than 4 matches, or if no homography fits 4 of them
   */
  public static Optional<RobustHomography> find(
      List<Point> first, List<Point> second, Method method, double threshold) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(first.size() + " places and " + second.size());
    }
    if (first.size() < NEEDED) {
      return Optional.empty();
    }
    MatOfPoint2f from = points(first);
    MatOfPoint2f to = points(second);
    Mat mask = new Mat();
    Mat found = new Mat();
    try {
      found =
          Calib3d.findHomography(from, to, method.code, threshold, mask, ITERATIONS, CONFIDENCE);
      return result(found, mask, first.size());
    } catch (CvException e) {
      return Optional.empty(); // OpenCV throws on some degenerate configurations
    } finally {
      from.release();
      to.release();
      mask.release();
      found.release();
    }
  }

  private static Optional<RobustHomography> result(Mat found, Mat mask, int count) {
    if (found.empty() || mask.total() != count) {
      return Optional.empty();
    }
    double[] values = new double[9];
    found.get(0, 0, values);
    byte[] flags = new byte[count];
    mask.get(0, 0, flags);
    boolean[] inliers = new boolean[count];
    for (int i = 0; i < count; i++) {
      inliers[i] = flags[i] != 0;
    }
    try {
      RobustHomography result = new RobustHomography(new Homography(values), inliers);
      return result.inlierCount() < NEEDED ? Optional.empty() : Optional.of(result);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // singular: all points on one line
    }
  }

  private static MatOfPoint2f points(List<Point> points) {
    org.opencv.core.Point[] all =
        points.stream()
            .map(p -> new org.opencv.core.Point(p.x(), p.y()))
            .toArray(org.opencv.core.Point[]::new);
    return new MatOfPoint2f(all);
  }
}

package ai.binealnet.match.geometry;

import java.util.Arrays;
import java.util.List;

/**
 * A projective map of the plane: {@code (u, v, w) = H (x, y, 1)}, the image of (x, y) is (u/w,
 * v/w).
 *
 * @param values H, 3 x 3, row major; scaled so that the last value is 1 where it is not 0
 */
public record Homography(double... values) {
  private static final int SIZE = 9;
  private static final double SINGULAR = 1e-12;
  private static final double STEP = 0.5;

  /** The map that moves nothing. */
  public static final Homography IDENTITY = new Homography(1, 0, 0, 0, 1, 0, 0, 0, 1);

  /**
   * Checks and scales the matrix.
   *
   * @throws IllegalArgumentException if there are not 9 finite values of an invertible matrix
   */
  public Homography {
    if (values.length != SIZE || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a homography has 9 finite values, got " + Arrays.toString(values));
    }
    double scale = values[8] == 0 ? 1 : values[8];
    values = Arrays.stream(values).map(value -> value / scale).toArray();
    if (Math.abs(determinant(values)) < SINGULAR) {
      throw new IllegalArgumentException("not invertible: " + Arrays.toString(values));
    }
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  /** A translation. */
  public static Homography translation(double dx, double dy) {
    return new Homography(1, 0, dx, 0, 1, dy, 0, 0, 1);
  }

  /** A scaling of both axes about the origin. */
  public static Homography scaling(double sx, double sy) {
    return new Homography(sx, 0, 0, 0, sy, 0, 0, 0, 1);
  }

  /** A rotation about the origin, from the x towards the y axis. */
  public static Homography rotation(double radians) {
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    return new Homography(cos, -sin, 0, sin, cos, 0, 0, 0, 1);
  }

  /** The image of a point; not finite where the point is mapped to infinity. */
  public Point apply(Point p) {
    double w = values[6] * p.x() + values[7] * p.y() + values[8];
    return new Point(
        (values[0] * p.x() + values[1] * p.y() + values[2]) / w,
        (values[3] * p.x() + values[4] * p.y() + values[5]) / w);
  }

  /** The map that applies {@code first} and then this one. */
  public Homography after(Homography first) {
    double[] product = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int k = 0; k < 3; k++) {
        product[i] += values[i / 3 * 3 + k] * first.values[k * 3 + i % 3];
      }
    }
    return new Homography(product);
  }

  /** The inverse map. */
  public Homography inverse() {
    double[] v = values;
    return new Homography(
        v[4] * v[8] - v[5] * v[7],
        v[2] * v[7] - v[1] * v[8],
        v[1] * v[5] - v[2] * v[4],
        v[5] * v[6] - v[3] * v[8],
        v[0] * v[8] - v[2] * v[6],
        v[2] * v[3] - v[0] * v[5],
        v[3] * v[7] - v[4] * v[6],
        v[1] * v[6] - v[0] * v[7],
        v[0] * v[4] - v[1] * v[3]);
  }

  /** The factor of lengths around a point, of all directions on (geometric) average. */
  public double scale(Point p) {
    Point here = apply(p);
    Point right = apply(new Point(p.x() + STEP, p.y()));
    Point below = apply(new Point(p.x(), p.y() + STEP));
    double area =
        (right.x() - here.x()) * (below.y() - here.y())
            - (right.y() - here.y()) * (below.x() - here.x());
    return Math.sqrt(Math.abs(area)) / STEP;
  }

  /** Mean distance of the images of a picture's four corners under this map and another. */
  public double cornerError(Homography other, int height, int width) {
    List<Point> corners =
        List.of(
            new Point(0, 0),
            new Point(width - 1, 0),
            new Point(0, height - 1),
            new Point(width - 1, height - 1));
    double error = 0;
    for (Point corner : corners) {
      error += apply(corner).distance(other.apply(corner)) / corners.size();
    }
    return error;
  }

  private static double determinant(double[] v) {
    return v[0] * (v[4] * v[8] - v[5] * v[7])
        - v[1] * (v[3] * v[8] - v[5] * v[6])
        + v[2] * (v[3] * v[7] - v[4] * v[6]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Homography h && Arrays.equals(values, h.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}

package ai.binealnet.match.geometry;

/**
 * A place in a picture, in pixels; (0, 0) is the middle of the first pixel.
 *
 * @param x to the right
 * @param y downwards
 */
public record Point(double x, double y) {
  /** Euclidean distance in pixels. */
  public double distance(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }

  /** Whether it lies in a picture of that size, borders included. */
  public boolean isInside(int height, int width) {
    return x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1;
  }
}

package ai.binealnet.detect.decode;

/**
 * A rectangle in a picture. Coordinates are in pixels, continuous, and count from the picture's
 * corner: pixel i covers [i, i + 1).
 *
 * @param x1 left edge
 * @param y1 top edge
 * @param x2 right edge, not below the left one
 * @param y2 bottom edge, not below the top one
 */
public record Box(double x1, double y1, double x2, double y2) {
  /**
   * Checks the order of the edges.
   *
   * @throws IllegalArgumentException if some edge is NaN, or right is below left or bottom below
   *     top
   */
  public Box {
    if (!(x1 <= x2 && y1 <= y2)) {
      throw new IllegalArgumentException(
          "a box needs x1 <= x2 and y1 <= y2, got %s, %s, %s, %s".formatted(x1, y1, x2, y2));
    }
  }

  /** Horizontal extent. */
  public double width() {
    return x2 - x1;
  }

  /** Vertical extent. */
  public double height() {
    return y2 - y1;
  }

  /** Width times height. */
  public double area() {
    return width() * height();
  }

  /** The area that two boxes share. */
  public double intersection(Box other) {
    double width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    return width > 0 && height > 0 ? width * height : 0;
  }

  /** Intersection over union (Jaccard), in [0, 1]; 0 for two boxes without area. */
  public double iou(Box other) {
    double shared = intersection(other);
    return shared == 0 ? 0 : shared / (area() + other.area() - shared);
  }

  /** The part inside a picture; without area if there is none. */
  public Box clip(double height, double width) {
    return new Box(
        between(x1, width), between(y1, height), between(x2, width), between(y2, height));
  }

  private static double between(double value, double limit) {
    return Math.max(0, Math.min(limit, value));
  }
}

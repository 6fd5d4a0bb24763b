package ai.binealnet.match.decode;

import java.util.List;

/**
 * Key points of a picture and their descriptors.
 *
 * @param points best first
 * @param descriptors one for each, in their order
 */
public record Features(List<KeyPoint> points, Descriptors descriptors) {
  /** Checks the numbers. */
  public Features {
    points = List.copyOf(points);
    if (points.size() != descriptors.size()) {
      throw new IllegalArgumentException(
          points.size() + " key points, " + descriptors.size() + " descriptors");
    }
  }

  /** How many key points. */
  public int size() {
    return points.size();
  }

  /** The same key points with the signs of their descriptors. */
  public Features binary() {
    return descriptors instanceof Descriptors.Real real ? new Features(points, real.signs()) : this;
  }
}

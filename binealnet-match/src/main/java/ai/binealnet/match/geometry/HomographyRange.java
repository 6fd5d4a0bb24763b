package ai.binealnet.match.geometry;

import java.util.random.RandomGenerator;

/**
 * How far random homographies may go.
 *
 * @param rotation largest angle in degrees, in [0, 180]
 * @param scale largest factor of the size, and its inverse the smallest; at least 1
 * @param stretch largest ratio of the scales of two orthogonal directions, at least 1
 * @param perspective largest change of scale towards the border of the picture, in [0, 0.5]
 * @param shift largest translation, as a part of the picture's side, in [0, 0.5]
 */
public record HomographyRange(
    double rotation, double scale, double stretch, double perspective, double shift) {
  /** Checks the ranges. */
  public HomographyRange {
    if (!(rotation >= 0 && rotation <= 180)
        || !(scale >= 1)
        || !(stretch >= 1)
        || !(perspective >= 0 && perspective <= 0.5)
        || !(shift >= 0 && shift <= 0.5)) {
      throw new IllegalArgumentException(
          "rotation must be in [0, 180], scale and stretch >= 1, perspective and shift in [0, 0.5],"
              + " got %s, %s, %s, %s and %s"
                  .formatted(rotation, scale, stretch, perspective, shift));
    }
  }

  /** Moderate changes: 30 degrees, scale 1.5, stretch 1.3, perspective 0.2, shift 0.1. */
  public static HomographyRange defaults() {
    return new HomographyRange(30, 1.5, 1.3, 0.2, 0.1);
  }

  /**
   * A random map of a picture into one of the same size, about its middle. Scale and stretch are
   * uniform in their logarithms, everything else is uniform.
   */
  public Homography draw(int height, int width, RandomGenerator random) {
    double cx = (width - 1) / 2.0;
    double cy = (height - 1) / 2.0;
    double angle = Math.toRadians(uniform(rotation, random));
    double axis = Math.PI * random.nextDouble();
    double size = Math.exp(uniform(Math.log(scale), random));
    double ratio = Math.exp(uniform(Math.log(stretch) / 2, random));
    double px = uniform(perspective, random) / Math.max(1, cx);
    double py = uniform(perspective, random) / Math.max(1, cy);
    double dx = uniform(shift, random) * width;
    double dy = uniform(shift, random) * height;
    return Homography.translation(cx + dx, cy + dy)
        .after(Homography.rotation(angle + axis))
        .after(Homography.scaling(size * ratio, size / ratio))
        .after(Homography.rotation(-axis))
        .after(new Homography(1, 0, 0, 0, 1, 0, px, py, 1))
        .after(Homography.translation(-cx, -cy));
  }

  private static double uniform(double range, RandomGenerator random) {
    return range * (2 * random.nextDouble() - 1);
  }
}

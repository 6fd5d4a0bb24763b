package ai.binealnet.match.geometry;

import ai.binealnet.core.data.Image;

/**
 * A picture turned about its middle and scaled, on a canvas that just holds it.
 *
 * @param map from places in the picture to places on the canvas
 * @param height of the canvas
 * @param width of the canvas
 */
public record Turn(Homography map, int height, int width) {
  private static final double ROUNDING = 1e-6;

  /**
   * The turn of pictures of a size.
   *
   * @param radians angle from the x towards the y axis
   * @param scale factor on the sides, greater than 0
   */
  public static Turn of(int height, int width, double radians, double scale) {
    double cos = scale * Math.abs(Math.cos(radians));
    double sin = scale * Math.abs(Math.sin(radians));
    int rows = Math.max(1, (int) Math.ceil(height * cos + width * sin - ROUNDING));
    int columns = Math.max(1, (int) Math.ceil(width * cos + height * sin - ROUNDING));
    Homography map =
        Homography.translation((columns - 1) / 2.0, (rows - 1) / 2.0)
            .after(Homography.rotation(radians))
            .after(Homography.scaling(scale, scale))
            .after(Homography.translation(-(width - 1) / 2.0, -(height - 1) / 2.0));
    return new Turn(map, rows, columns);
  }

  /** The turned picture; the corners of the canvas that it leaves are filled with its mirror. */
  public Image apply(Image picture) {
    return Warp.mirrored(picture, map, height, width);
  }
}

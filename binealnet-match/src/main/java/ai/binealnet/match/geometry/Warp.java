package ai.binealnet.match.geometry;

import ai.binealnet.core.data.Image;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Pictures seen through a homography. */
public final class Warp {
  /** Blur that a pixel's own extent stands for (Lowe, 2004). */
  private static final double PIXEL_BLUR = 0.5;

  private static final double LARGEST_BLUR = 10;

  private Warp() {}

  /**
   * The picture under a homography, bilinear; what lies beyond its border is mirrored, so that the
   * border is no feature.
   *
   * @param map from places in the picture to places in the result
   * @param height of the result
   * @param width of the result
   */
  public static Image mirrored(Image image, Homography map, int height, int width) {
    return warp(image, map, height, width, Core.BORDER_REFLECT_101);
  }

  /** The same with black beyond the border. */
  public static Image black(Image image, Homography map, int height, int width) {
    return warp(image, map, height, width, Core.BORDER_CONSTANT);
  }

  private static Image warp(Image image, Homography map, int height, int width, int border) {
    Mat from = Mats.of(image);
    Mat matrix = Mats.of(map);
    Mat to = new Mat();
    try {
      smooth(from, map.scale(new Point((image.width() - 1) / 2.0, (image.height() - 1) / 2.0)));
      Imgproc.warpPerspective(
          from, to, matrix, new Size(width, height), Imgproc.INTER_LINEAR, border);
      return Mats.image(to);
    } finally {
      from.release();
      matrix.release();
      to.release();
    }
  }

  /** Removes what the smaller picture cannot show: it would turn into false patterns. */
  private static void smooth(Mat picture, double scale) {
    if (scale > 0 && scale < 1) {
      double sigma = PIXEL_BLUR * Math.sqrt(1 / (scale * scale) - 1);
      Imgproc.GaussianBlur(picture, picture, new Size(), Math.min(sigma, LARGEST_BLUR));
    }
  }
}

package ai.binealnet.superres.metric;

import ai.binealnet.core.data.Image;

/**
 * The luma of a picture's inner part, {@code Y = 16 + (65.481 R + 128.553 G + 24.966 B) / 255},
 * rounded (ITU-R BT.601, 16..235; MATLAB's {@code rgb2ycbcr} of 8-bit pictures): what
 * super-resolution is judged on. A grey picture's values are taken as they are, 0..255, as the
 * field does.
 *
 * @param height rows
 * @param width columns
 * @param values [height, width], 16..235, or 0..255 of a grey picture
 */
public record Luma(int height, int width, double[] values) {
  private static final double RED = 65.481 / 255;
  private static final double GREEN = 128.553 / 255;
  private static final double BLUE = 24.966 / 255;
  private static final int BLACK = 16;

  /**
   * The luma of all but a border.
   *
   * @param border pixels to leave out on each side; fewer where the picture would vanish
   */
  public static Luma of(Image image, int border) {
    int most = (Math.min(image.height(), image.width()) - 1) / 2;
    int shaved = Math.min(border, most);
    int height = image.height() - 2 * shaved;
    int width = image.width() - 2 * shaved;
    double[] values = new double[height * width];
    for (int i = 0; i < values.length; i++) {
      int y = shaved + i / width;
      int x = shaved + i % width;
      values[i] = image.channels() == 1 ? image.at(y, x, 0) : luma(image, y, x);
    }
    return new Luma(height, width, values);
  }

  private static double luma(Image image, int y, int x) {
    return Math.rint(
        BLACK + RED * image.at(y, x, 0) + GREEN * image.at(y, x, 1) + BLUE * image.at(y, x, 2));
  }

  void requireSameSize(Luma other) {
    if (height != other.height || width != other.width) {
      throw new IllegalArgumentException(
          "cannot compare %dx%d with %dx%d".formatted(height, width, other.height, other.width));
    }
  }
}

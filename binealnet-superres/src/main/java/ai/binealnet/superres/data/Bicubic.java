package ai.binealnet.superres.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;

/**
 * Bicubic scaling by whole factors as MATLAB's {@code imresize} does it, which the field makes its
 * low-resolution pictures with: kernel of Keys (1981) with a = -0.5, stretched by the factor when
 * shrinking (so that nothing aliases), output pixel x centred at {@code (x + 0.5) / zoom - 0.5},
 * taps normalised, indices clamped at the border; first along columns, rounded to 8 bits, then
 * along rows, rounded to 8 bits.
 */
public final class Bicubic {
  private static final double SUPPORT = 4;
  private static final int MAX = 255;

  private Bicubic() {}

  /**
   * Shrinks a picture, cut at the right and at the bottom to a multiple of the factor.
   *
   * @param factor at least 1, at most the shorter side
   */
  public static Image shrink(Image image, int factor) {
    Image whole = cropToMultiple(image, factor);
    return resize(whole, whole.height() / factor, whole.width() / factor);
  }

  /** Enlarges a picture. */
  public static Image enlarge(Image image, int factor) {
    return resize(image, image.height() * factor, image.width() * factor);
  }

  /** The upper left part whose sides are multiples of the factor: what {@link #shrink} sees. */
  public static Image cropToMultiple(Image image, int factor) {
    int height = image.height() / factor * factor;
    int width = image.width() / factor * factor;
    if (height == 0 || width == 0) {
      throw new IllegalArgumentException(image + " is smaller than the factor " + factor);
    }
    return ImageFiles.crop(image, 0, 0, height, width);
  }

  /**
   * The kernel's value {@code x} pixels from the centre: {@code (a + 2)|x|^3 - (a + 3)|x|^2 + 1} up
   * to 1, {@code a|x|^3 - 5a|x|^2 + 8a|x| - 4a} up to 2, then 0, with a = -0.5.
   */
  public static double kernel(double x) {
    double d = Math.abs(x);
    if (d <= 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d <= 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  }

  private static Image resize(Image image, int height, int width) {
    int row = image.width() * image.channels();
    Taps down = Taps.of(image.height(), height);
    byte[] columns = new byte[height * row];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < row; i++) {
        columns[y * row + i] = down.at(y, image.pixels(), i, row);
      }
    }
    int channels = image.channels();
    Taps across = Taps.of(image.width(), width);
    byte[] pixels = new byte[height * width * channels];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / channels % width;
      int from = i / channels / width * row + i % channels;
      pixels[i] = across.at(x, columns, from, channels);
    }
    return new Image(height, width, channels, pixels);
  }

  /**
   * The weighted sum that each output pixel of a line is.
   *
   * @param indices of the input pixels, [output][tap]
   * @param weights of them, with sum 1
   */
  private record Taps(int[][] indices, double[][] weights) {
    static Taps of(int from, int to) {
      double zoom = (double) to / from;
      double stretch = Math.max(1, 1 / zoom);
      int count = (int) Math.ceil(SUPPORT * stretch) + 2;
      int[][] indices = new int[to][count];
      double[][] weights = new double[to][count];
      for (int x = 0; x < to; x++) {
        double centre = (x + 0.5) / zoom - 0.5;
        int first = (int) Math.floor(centre - SUPPORT * stretch / 2);
        double sum = 0;
        for (int t = 0; t < count; t++) {
          indices[x][t] = Math.min(from - 1, Math.max(0, first + t));
          weights[x][t] = kernel((centre - first - t) / stretch) / stretch;
          sum += weights[x][t];
        }
        for (int t = 0; t < count; t++) {
          weights[x][t] /= sum;
        }
      }
      return new Taps(indices, weights);
    }

    /** Output {@code x} of the line that starts at {@code offset}, {@code step} apart. */
    byte at(int x, byte[] pixels, int offset, int step) {
      double sum = 0;
      for (int t = 0; t < weights[x].length; t++) {
        sum += weights[x][t] * (pixels[offset + indices[x][t] * step] & 0xff);
      }
      return (byte) Math.min(MAX, Math.max(0, Math.round(sum)));
    }
  }
}

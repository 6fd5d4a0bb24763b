package ai.binealnet.superres.data;

import ai.binealnet.core.data.Image;

/**
 * The eight ways to lay a picture on its grid: mirrored or not, turned by quarters.
 *
 * @param mirrorX whether columns are reversed
 * @param mirrorY whether rows are reversed
 * @param transpose whether rows and columns then change places
 */
public record Dihedral(boolean mirrorX, boolean mirrorY, boolean transpose) {
  /** As many as there are. */
  public static final int COUNT = 8;

  /** Number {@code index} of them, 0 is the identity. */
  public static Dihedral of(int index) {
    return new Dihedral((index & 1) != 0, (index & 2) != 0, (index & 4) != 0);
  }

  /** The picture laid that way. */
  public Image apply(Image image) {
    int height = transpose ? image.width() : image.height();
    int width = transpose ? image.height() : image.width();
    int channels = image.channels();
    byte[] out = new byte[image.pixels().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sourceY = transpose ? x : y;
        int sourceX = transpose ? y : x;
        sourceY = mirrorY ? image.height() - 1 - sourceY : sourceY;
        sourceX = mirrorX ? image.width() - 1 - sourceX : sourceX;
        int from = (sourceY * image.width() + sourceX) * channels;
        System.arraycopy(image.pixels(), from, out, (y * width + x) * channels, channels);
      }
    }
    return new Image(height, width, channels, out);
  }
}

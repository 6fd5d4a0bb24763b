package ai.binealnet.superres.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.util.Arrays;

/**
 * Enlarges pictures of any size with a network, in overlapping tiles where they are large. Every
 * pixel is computed with all the neighbours that it depends on, so that tiles leave no trace: an
 * integer network gives the same bits as on the whole picture.
 *
 * @param model the network
 * @param card its scale and reach
 * @param tileHeight rows of a tile
 * @param tileWidth columns of a tile
 * @param fixed whether the model takes pictures of exactly that size: smaller ones are continued
 *     beyond their border by its pixels, and tiles that are too small for the reach overlap as far
 *     as they can
 */
public record Enlarger(
    PixelModel model, EnlargerCard card, int tileHeight, int tileWidth, boolean fixed) {
  /** Tiles of this side take about 1 GB at most and little more time than a whole picture. */
  public static final int SIDE = 384;

  private static final int COLORS = 3;
  private static final int MAX = 255;

  /** Checks that something remains of a tile. */
  public Enlarger {
    int least = 2 * card.reach() + 1;
    if (!fixed && Math.min(tileHeight, tileWidth) < least) {
      throw new IllegalArgumentException(
          "tiles need at least %d pixels along each side, got %dx%d"
              .formatted(least, tileHeight, tileWidth));
    }
  }

  /** For a model that takes pictures of any size. */
  public static Enlarger dynamic(PixelModel model, EnlargerCard card) {
    int side = Math.max(SIDE, 4 * card.reach());
    return new Enlarger(model, card, side, side, false);
  }

  /** For a model that takes pictures of one size. */
  public static Enlarger fixed(PixelModel model, EnlargerCard card, int height, int width) {
    return new Enlarger(model, card, height, width, true);
  }

  /** The picture, {@code scale} times higher and wider; a grey one stays grey. */
  public Image enlarge(Image image) {
    int scale = card.scale();
    byte[] pixels = new byte[image.pixels().length * scale * scale];
    Image large =
        new Image(image.height() * scale, image.width() * scale, image.channels(), pixels);
    Image padded = fixed ? continued(image, tileHeight, tileWidth) : image;
    for (Span rows : Span.cover(padded.height(), tileHeight, margin(tileHeight))) {
      for (Span columns : Span.cover(padded.width(), tileWidth, margin(tileWidth))) {
        Image tile =
            ImageFiles.crop(padded, rows.from(), columns.from(), rows.length(), columns.length());
        paste(model.run(colored(tile)), rows, columns, large);
      }
    }
    return large;
  }

  private int margin(int tile) {
    return Math.min(card.reach(), (tile - 1) / 2);
  }

  /** Writes the kept part of a tile's raw output. */
  private void paste(float[] raw, Span rows, Span columns, Image large) {
    int scale = card.scale();
    int channels = large.channels();
    int bottom = Math.min(rows.keepTo() * scale, large.height());
    int right = Math.min(columns.keepTo() * scale, large.width());
    for (int y = rows.keepFrom() * scale; y < bottom; y++) {
      int row = (y - rows.from() * scale) * columns.length() * scale;
      for (int x = columns.keepFrom() * scale; x < right; x++) {
        int source = (row + x - columns.from() * scale) * COLORS;
        int target = (y * large.width() + x) * channels;
        if (channels == 1) {
          large.pixels()[target] = pixel(grey(raw, source));
        } else {
          for (int c = 0; c < COLORS; c++) {
            large.pixels()[target + c] = pixel(raw[source + c]);
          }
        }
      }
    }
  }

  /** The nearest pixel value, halves to even; NaN is 0. */
  static byte pixel(double value) {
    return (byte) (int) Math.max(0, Math.min(MAX, Math.rint(value)));
  }

  /** BT.601 luma of full-range colours. */
  private static double grey(float[] raw, int i) {
    return 0.299 * raw[i] + 0.587 * raw[i + 1] + 0.114 * raw[i + 2];
  }

  private static Image colored(Image image) {
    if (image.channels() == COLORS) {
      return image;
    }
    byte[] pixels = new byte[image.pixels().length * COLORS];
    for (int i = 0; i < image.pixels().length; i++) {
      Arrays.fill(pixels, i * COLORS, (i + 1) * COLORS, image.pixels()[i]);
    }
    return new Image(image.height(), image.width(), COLORS, pixels);
  }

  /** The picture, continued to the right and downwards by its last pixels where it is smaller. */
  private static Image continued(Image image, int height, int width) {
    if (image.height() >= height && image.width() >= width) {
      return image;
    }
    int rows = Math.max(height, image.height());
    int columns = Math.max(width, image.width());
    int channels = image.channels();
    byte[] pixels = new byte[rows * columns * channels];
    for (int i = 0; i < rows * columns; i++) {
      int y = Math.min(i / columns, image.height() - 1);
      int x = Math.min(i % columns, image.width() - 1);
      System.arraycopy(
          image.pixels(), (y * image.width() + x) * channels, pixels, i * channels, channels);
    }
    return new Image(rows, columns, channels, pixels);
  }
}

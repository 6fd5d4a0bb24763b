package ai.binealnet.superres.decode;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.Model;
import ai.binealnet.core.inference.PictureModel;
import java.util.Arrays;

/**
 * Enlarges pictures of any size with a network, in overlapping tiles where they are large. Every
 * pixel is computed with all the neighbours that it depends on, so that tiles leave no trace: an
 * integer network gives the same bits as on the whole picture. Beyond its border a picture is
 * continued by its outermost pixels.
 *
 * @param model the network
 * @param card its scale and reach
 * @param tileHeight rows of a tile
 * @param tileWidth columns of a tile
 * @param fixed whether the model takes pictures of exactly that size: smaller ones are continued
 *     further, and tiles that are too small for the reach overlap as far as they can
 */
public record Enlarger(
    PixelModel model, EnlargerCard card, int tileHeight, int tileWidth, boolean fixed) {
  /** The task's name, in model files too. */
  public static final String TASK = "superres";

  /** Name of the network's output, in training and in exported files. */
  public static final String PICTURE = "head.picture";

  /** Tiles of this side take about 1 GB at most and little more time than a whole picture. */
  public static final int SIDE = 384;

  private static final int EDGE = EnlargerCard.EDGE;
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

  /**
   * A model that was opened and takes pictures of any size.
   *
   * @throws UserError if it is no super-resolution network
   */
  public static Enlarger of(Model model) {
    PictureModel pictures = PictureModel.of(model, TASK);
    EnlargerCard card = EnlargerCard.of(model.metadata(), model.name());
    long scale = card.scale();
    return dynamic(
        tile ->
            pictures
                .run(tile)
                .get(PICTURE, 1, scale * tile.height(), scale * tile.width(), COLORS)
                .values(),
        card);
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
    Image padded = continued(image);
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
    Span inY = rows.inside(EDGE, large.height() / scale).times(scale);
    Span inX = columns.inside(EDGE, large.width() / scale).times(scale);
    for (int y = inY.keepFrom(); y < inY.keepTo(); y++) {
      int row = (y - inY.from()) * inX.length();
      for (int x = inX.keepFrom(); x < inX.keepTo(); x++) {
        put(raw, (row + x - inX.from()) * COLORS, large, y * large.width() + x);
      }
    }
  }

  private static void put(float[] raw, int from, Image large, int pixel) {
    if (large.channels() == 1) {
      large.pixels()[pixel] = pixel(grey(raw, from));
    } else {
      for (int c = 0; c < COLORS; c++) {
        large.pixels()[pixel * COLORS + c] = pixel(raw[from + c]);
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

  /**
   * The picture, continued by its outermost pixels: {@link EnlargerCard#EDGE} on each side, and to
   * the right and downwards until a tile of a fixed size fits.
   */
  private Image continued(Image image) {
    int rows = Math.max(image.height() + 2 * EDGE, fixed ? tileHeight : 0);
    int columns = Math.max(image.width() + 2 * EDGE, fixed ? tileWidth : 0);
    int channels = image.channels();
    byte[] pixels = new byte[rows * columns * channels];
    for (int i = 0; i < rows * columns; i++) {
      int y = Math.max(0, Math.min(i / columns - EDGE, image.height() - 1));
      int x = Math.max(0, Math.min(i % columns - EDGE, image.width() - 1));
      System.arraycopy(
          image.pixels(), (y * image.width() + x) * channels, pixels, i * channels, channels);
    }
    return new Image(rows, columns, channels, pixels);
  }
}

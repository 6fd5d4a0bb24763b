package ai.binealnet.core.data;

import java.util.Arrays;

/**
 * How a picture of any size is brought to a network's size without changing its proportions: scaled
 * until it just fits, in the middle, with grey bars at two sides. Results are mapped back with
 * {@link #sourceX} and {@link #sourceY}.
 *
 * <p>Coordinates are continuous and count from the picture's corner: pixel i covers [i, i + 1), its
 * centre is i + 0.5.
 *
 * @param sourceHeight rows of the picture
 * @param sourceWidth columns of the picture
 * @param height rows of the network's input
 * @param width columns of the network's input
 */
public record Letterbox(int sourceHeight, int sourceWidth, int height, int width) {
  /** The bars become zeros by the standard mean of {@link ImageSpec}. */
  private static final byte GREY = (byte) 128;

  /** Checks the sizes. */
  public Letterbox {
    if (sourceHeight < 1 || sourceWidth < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "sizes must be >= 1, got %dx%d into %dx%d"
              .formatted(sourceHeight, sourceWidth, height, width));
    }
  }

  /** The way of {@code image} into the input of {@code spec}. */
  public static Letterbox of(Image image, ImageSpec spec) {
    return new Letterbox(image.height(), image.width(), spec.height(), spec.width());
  }

  /** Rows that the picture takes in the input, at least 1. */
  public int innerHeight() {
    return inner(sourceHeight, height);
  }

  /** Columns that the picture takes in the input, at least 1. */
  public int innerWidth() {
    return inner(sourceWidth, width);
  }

  private int inner(int source, int limit) {
    double scale = Math.min((double) height / sourceHeight, (double) width / sourceWidth);
    return (int) Math.max(1, Math.min(limit, Math.round(source * scale)));
  }

  /** First row of the picture in the input. */
  public int top() {
    return (height - innerHeight()) / 2;
  }

  /** First column of the picture in the input. */
  public int left() {
    return (width - innerWidth()) / 2;
  }

  /**
   * The network's input.
   *
   * @param image of the source's size
   */
  public Image apply(Image image) {
    if (image.height() != sourceHeight || image.width() != sourceWidth) {
      throw new IllegalArgumentException(image + " is not of the size of " + this);
    }
    return place(
        ImageFiles.resize(image, innerHeight(), innerWidth()), top(), left(), height, width);
  }

  /**
   * A picture on grey.
   *
   * @param inner the picture, which fits
   * @param top its first row in the result
   * @param left its first column in the result
   * @param height rows of the result
   * @param width columns of the result
   */
  public static Image place(Image inner, int top, int left, int height, int width) {
    if (inner.height() == height && inner.width() == width) {
      return inner;
    }
    int channels = inner.channels();
    byte[] pixels = new byte[height * width * channels];
    Arrays.fill(pixels, GREY);
    int length = inner.width() * channels;
    for (int y = 0; y < inner.height(); y++) {
      int to = ((top + y) * width + left) * channels;
      System.arraycopy(inner.pixels(), y * length, pixels, to, length);
    }
    return new Image(height, width, channels, pixels);
  }

  /** Where row coordinate {@code y} of the input lies in the picture; outside it for the bars. */
  public double sourceY(double y) {
    return (y - top()) * sourceHeight / innerHeight();
  }

  /** Where column coordinate {@code x} of the input lies in the picture; outside for the bars. */
  public double sourceX(double x) {
    return (x - left()) * sourceWidth / innerWidth();
  }

  /** Where row coordinate {@code y} of the picture lies in the input. */
  public double inputY(double y) {
    return top() + y * innerHeight() / sourceHeight;
  }

  /** Where column coordinate {@code x} of the picture lies in the input. */
  public double inputX(double x) {
    return left() + x * innerWidth() / sourceWidth;
  }
}

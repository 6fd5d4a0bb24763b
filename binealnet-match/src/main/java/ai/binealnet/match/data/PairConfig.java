package ai.binealnet.match.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.HomographyRange;
import ai.binealnet.match.geometry.Warp;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How a training pair is made from one picture: a crop, and the same seen through a random
 * homography, both under changes of light and quality.
 *
 * @param perPicture pairs that an epoch makes of a picture
 * @param minZoom the picture is scaled by a factor from here (or from where the crop just fits) up
 *     to 1, in (0, 1]
 * @param homography from the first to the second crop
 * @param photometric of each crop by itself
 */
public record PairConfig(
    int perPicture, double minZoom, HomographyRange homography, PhotometricRange photometric) {
  /** Checks the ranges. */
  public PairConfig {
    if (perPicture < 1 || !(minZoom > 0 && minZoom <= 1)) {
      throw new IllegalArgumentException(
          "perPicture must be >= 1 and minZoom in (0, 1], got %d and %s"
              .formatted(perPicture, minZoom));
    }
  }

  /** One pair per picture, at half to full size. */
  public static PairConfig defaults() {
    return new PairConfig(1, 0.5, HomographyRange.defaults(), PhotometricRange.defaults());
  }

  /**
   * A random pair of crops; a picture smaller than a crop is enlarged.
   *
   * @param height of the crops
   * @param width of the crops
   */
  public ImagePair draw(Image picture, int height, int width, RandomGenerator random) {
    Image source = zoomed(picture, height, width, random);
    if (random.nextDouble() < photometric.grey()) {
      source = grey(source);
    }
    int top = random.nextInt(source.height() - height + 1);
    int left = random.nextInt(source.width() - width + 1);
    Homography map = homography.draw(height, width, random);
    Image first = ImageFiles.crop(source, top, left, height, width);
    Image second =
        Warp.mirrored(source, map.after(Homography.translation(-left, -top)), height, width);
    return new ImagePair(photometric.apply(first, random), photometric.apply(second, random), map);
  }

  private Image zoomed(Image picture, int height, int width, RandomGenerator random) {
    double fitting = Math.max((double) height / picture.height(), (double) width / picture.width());
    double smallest = Math.max(fitting, Math.min(1, minZoom));
    double zoom = smallest + Math.max(0, 1 - smallest) * random.nextDouble();
    int rows = Math.max(height, (int) Math.round(picture.height() * zoom));
    int columns = Math.max(width, (int) Math.round(picture.width() * zoom));
    return ImageFiles.resize(picture, rows, columns);
  }

  /** Luma of BT.601 in all channels. */
  private static Image grey(Image image) {
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int channels = image.channels();
    for (int i = 0; i < from.length; i += channels) {
      int last = i + channels - 1;
      double luma =
          0.299 * (from[i] & 0xff)
              + 0.587 * (from[(i + last) / 2] & 0xff)
              + 0.114 * (from[last] & 0xff);
      Arrays.fill(to, i, i + channels, (byte) Math.round(luma));
    }
    return new Image(image.height(), image.width(), channels, to);
  }
}

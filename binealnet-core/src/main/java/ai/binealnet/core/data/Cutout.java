package ai.binealnet.core.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Hides a square of a picture under grey (DeVries and Taylor, 2017). The square's middle may lie on
 * any pixel, so that a part of it may be outside.
 *
 * @param side of the square in pixels, at least 1
 * @param grey the value 0..255 that hides
 */
public record Cutout(int side, int grey) implements Augmentation {
  /** Checks the ranges. */
  public Cutout {
    if (side < 1 || grey < 0 || grey > 255) {
      throw new IllegalArgumentException(
          "side must be >= 1 and grey in 0..255, got " + side + " and " + grey);
    }
  }

  @Override
  public Image apply(Image image, RandomGenerator random) {
    int top = random.nextInt(image.height()) - side / 2;
    int left = random.nextInt(image.width()) - side / 2;
    int fromX = Math.max(0, left);
    int toX = Math.min(image.width(), left + side);
    byte[] pixels = image.pixels().clone();
    for (int y = Math.max(0, top); y < Math.min(image.height(), top + side); y++) {
      int row = y * image.width();
      Arrays.fill(
          pixels, (row + fromX) * image.channels(), (row + toX) * image.channels(), (byte) grey);
    }
    return new Image(image.height(), image.width(), image.channels(), pixels);
  }
}

package ai.binealnet.core.data;

import java.util.random.RandomGenerator;

/** Mirrors every second picture, on average, left to right. */
public record HorizontalFlip() implements Augmentation {
  @Override
  public Image apply(Image image, RandomGenerator random) {
    return random.nextBoolean() ? mirror(image) : image;
  }

  /** The picture left to right. */
  public static Image mirror(Image image) {
    int channels = image.channels();
    int width = image.width();
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int row = 0; row < from.length; row += width * channels) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(from, row + x * channels, to, row + (width - 1 - x) * channels, channels);
      }
    }
    return new Image(image.height(), width, channels, to);
  }
}

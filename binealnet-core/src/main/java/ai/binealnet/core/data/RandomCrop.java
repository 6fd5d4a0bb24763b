package ai.binealnet.core.data;

import java.util.random.RandomGenerator;

/**
 * Shifts a picture by up to {@code padding} pixels in each direction: pads all sides by reflection
 * (without repeating the border: {@code cb|abcd|cb}) and cuts out the original size at a random
 * place.
 *
 * @param padding pixels on each side, at least 0; less than the picture's sides
 */
public record RandomCrop(int padding) implements Augmentation {
  /** Checks the padding. */
  public RandomCrop {
    if (padding < 0) {
      throw new IllegalArgumentException("padding must be >= 0, got " + padding);
    }
  }

  @Override
  public Image apply(Image image, RandomGenerator random) {
    if (padding >= Math.min(image.height(), image.width())) {
      throw new IllegalArgumentException("padding " + padding + " is too large for " + image);
    }
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    int channels = image.channels();
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int o = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = reflect(y + down, image.height()) * image.width();
      for (int x = 0; x < image.width(); x++, o += channels) {
        int i = (row + reflect(x + right, image.width())) * channels;
        for (int c = 0; c < channels; c++) {
          to[o + c] = from[i + c];
        }
      }
    }
    return new Image(image.height(), image.width(), channels, to);
  }

  private static int reflect(int i, int size) {
    int positive = Math.abs(i);
    return positive < size ? positive : 2 * size - 2 - positive;
  }
}

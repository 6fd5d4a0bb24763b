package ai.binealnet.core.data;

import java.util.random.RandomGenerator;

/**
 * Changes brightness, contrast and saturation, in this order, each by a factor f drawn from {@code
 * [1 - r, 1 + r]} with its own range r (Krizhevsky et al., 2012; Howard, 2013): {@code p f}; {@code
 * m + (p - m) f} with the mean luma m of the picture; {@code l + (p - l) f} with the luma l of the
 * pixel. Results are rounded once and clipped to 0..255.
 *
 * @param brightness range, in [0, 1]
 * @param contrast range, in [0, 1]
 * @param saturation range, in [0, 1]; grey pictures have none
 */
public record ColorJitter(double brightness, double contrast, double saturation)
    implements Augmentation {
  private static final int COLORS = 3;

  /** Checks the ranges. */
  public ColorJitter {
    requirePart("brightness", brightness);
    requirePart("contrast", contrast);
    requirePart("saturation", saturation);
  }

  private static void requirePart(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
    }
  }

  /** Whether it changes anything. */
  public boolean enabled() {
    return brightness > 0 || contrast > 0 || saturation > 0;
  }

  @Override
  public Image apply(Image image, RandomGenerator random) {
    double bright = factor(brightness, random);
    double contrasted = factor(contrast, random);
    double saturated = factor(saturation, random);
    double mean = bright * meanLuma(image);
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int channels = image.channels();
    for (int i = 0; i < from.length; i += channels) {
      double luma = bright * luma(from, i, channels);
      for (int c = 0; c < channels; c++) {
        double p = bright * (from[i + c] & 0xff);
        double colored = luma + (p - luma) * saturated; // both maps are affine and may be swapped
        double value = mean + (colored - mean) * contrasted;
        to[i + c] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    return new Image(image.height(), image.width(), channels, to);
  }

  private static double factor(double range, RandomGenerator random) {
    return 1 + range * (2 * random.nextDouble() - 1);
  }

  private static double meanLuma(Image image) {
    byte[] pixels = image.pixels();
    double sum = 0;
    for (int i = 0; i < pixels.length; i += image.channels()) {
      sum += luma(pixels, i, image.channels());
    }
    return sum / (image.height() * image.width());
  }

  /** Luma of ITU-R BT.601. */
  private static double luma(byte[] pixels, int i, int channels) {
    return channels < COLORS
        ? pixels[i] & 0xff
        : 0.299 * (pixels[i] & 0xff)
            + 0.587 * (pixels[i + 1] & 0xff)
            + 0.114 * (pixels[i + 2] & 0xff);
  }
}

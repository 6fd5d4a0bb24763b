package ai.binealnet.superres.data;

import ai.binealnet.core.data.Image;

/**
 * A picture in two resolutions.
 *
 * @param low the small one, what a network sees
 * @param high the large one, {@code scale} times as high and wide, what it shall make of it
 */
public record Pair(Image low, Image high) {
  /** Checks that the sizes are multiples. */
  public Pair {
    int scale = high.height() / low.height();
    if (high.height() != scale * low.height() || high.width() != scale * low.width()) {
      throw new IllegalArgumentException(low + " and " + high + " are no pair");
    }
  }

  /** A picture, cut to a multiple of the scale, and its {@link Bicubic#shrink shrunk} form. */
  public static Pair of(Image picture, int scale) {
    return new Pair(Bicubic.shrink(picture, scale), Bicubic.cropToMultiple(picture, scale));
  }

  /** How many pixels of the large picture lie along a side of one of the small picture. */
  public int scale() {
    return high.height() / low.height();
  }
}

package ai.binealnet.detect.data;

import ai.binealnet.core.data.ColorJitter;
import java.util.Objects;

/**
 * How training pictures are changed at random, their boxes with them.
 *
 * @param enabled false turns all of it off
 * @param minScale smallest factor on the size at which the picture just fits the input
 * @param maxScale largest such factor; the picture is cut where it does not fit
 * @param flip whether every second picture is mirrored left to right
 * @param verticalFlip whether every second picture is turned upside down
 * @param jitter of the colours
 */
public record DetectAugment(
    boolean enabled,
    double minScale,
    double maxScale,
    boolean flip,
    boolean verticalFlip,
    ColorJitter jitter) {
  private static final double LARGEST = 8;

  /** Checks the ranges. */
  public DetectAugment {
    Objects.requireNonNull(jitter, "jitter");
    if (!(minScale > 0 && minScale <= maxScale && maxScale <= LARGEST)) {
      throw new IllegalArgumentException(
          "needs 0 < minScale <= maxScale <= 8, got %s and %s".formatted(minScale, maxScale));
    }
  }

  /** Scales of 0.6 to 1.4 as CenterNet's, left to right, colours by up to 40 %. */
  public static DetectAugment defaults() {
    return new DetectAugment(true, 0.6, 1.4, true, false, new ColorJitter(0.4, 0.4, 0.4));
  }

  /** Nothing changes. */
  public static DetectAugment none() {
    return new DetectAugment(false, 1, 1, false, false, new ColorJitter(0, 0, 0));
  }
}

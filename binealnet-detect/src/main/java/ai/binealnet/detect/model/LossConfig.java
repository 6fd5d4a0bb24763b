package ai.binealnet.detect.model;

/**
 * Factors of the losses beside the heatmap's.
 *
 * @param size of the mean distance of widths and heights, in cells
 * @param offset of the mean distance of centres, in cells
 */
public record LossConfig(double size, double offset) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a factor is negative or infinite
   */
  public LossConfig {
    if (!(size >= 0 && size < Double.POSITIVE_INFINITY)
        || !(offset >= 0 && offset < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "loss.size and loss.offset must be >= 0, got %s and %s".formatted(size, offset));
    }
  }

  /** CenterNet's: 0.1 and 1. */
  public static LossConfig defaults() {
    return new LossConfig(0.1, 1);
  }
}

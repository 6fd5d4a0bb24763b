package ai.binealnet.detect.model;

/**
 * What stands on the backbone.
 *
 * @param channels of neck and heads
 * @param stride pixels of a cell's side: how many times coarser than the picture the heatmap is
 * @param binary whether neck and heads have blocks of the backbone's kind; false for the paper's
 *     variant "backbone binary", whose neck and heads are real
 */
public record HeadConfig(int channels, int stride, boolean binary) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there are no channels, or the stride is no power of two
   */
  public HeadConfig {
    if (channels < 1 || stride < 1 || Integer.bitCount(stride) != 1) {
      throw new IllegalArgumentException(
          "head.channels must be >= 1 and head.stride a power of two, got %d and %d"
              .formatted(channels, stride));
    }
  }

  /** 64 channels on cells of 4x4 pixels, binary. */
  public static HeadConfig defaults() {
    return new HeadConfig(64, 4, true);
  }
}

package ai.binealnet.segment.model;

/**
 * The head of a fully convolutional network (FCN, Long et al., 2015): 3x3 convolutions, then a 1x1
 * convolution to the classes.
 *
 * @param channels of the 3x3 convolutions
 * @param convolutions how many of them, at least 1
 * @param binary whether they are of the backbone's kind; false for the network of which only the
 *     backbone is binary
 */
public record HeadConfig(int channels, int convolutions, boolean binary) {
  /** Checks the ranges. */
  public HeadConfig {
    if (channels < 1 || convolutions < 1) {
      throw new IllegalArgumentException(
          "a head needs channels and convolutions >= 1, got " + channels + " and " + convolutions);
    }
  }

  /** One convolution of 128 channels. */
  public static HeadConfig defaults() {
    return new HeadConfig(128, 1, true);
  }
}

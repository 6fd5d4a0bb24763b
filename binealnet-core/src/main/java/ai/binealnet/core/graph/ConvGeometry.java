package ai.binealnet.core.graph;

/**
 * Window of a two-dimensional convolution or pooling, the same for both axes except the kernel's
 * extent.
 *
 * @param kernelHeight rows of the kernel, at least 1
 * @param kernelWidth columns of the kernel, at least 1
 * @param stride step between output pixels, at least 1
 * @param padding pixels added on each of the four sides, at least 0
 * @param dilation distance between neighbouring taps, at least 1
 */
public record ConvGeometry(
    int kernelHeight, int kernelWidth, int stride, int padding, int dilation) {
  /** Checks the ranges stated above. */
  public ConvGeometry {
    if (kernelHeight < 1 || kernelWidth < 1 || stride < 1 || padding < 0 || dilation < 1) {
      throw new IllegalArgumentException(
          "convolution geometry out of range: kernel %dx%d, stride %d, padding %d, dilation %d"
              .formatted(kernelHeight, kernelWidth, stride, padding, dilation));
    }
  }

  /** A square, undilated kernel with "same" padding {@code k / 2}. */
  public static ConvGeometry same(int kernel, int stride) {
    return new ConvGeometry(kernel, kernel, stride, kernel / 2, 1);
  }

  /** A square kernel with "same" padding {@code dilation * (k / 2)}. */
  public static ConvGeometry dilated(int kernel, int stride, int dilation) {
    return new ConvGeometry(kernel, kernel, stride, dilation * (kernel / 2), dilation);
  }

  /** Number of taps, {@code kernelHeight * kernelWidth}. */
  public int taps() {
    return kernelHeight * kernelWidth;
  }

  /**
   * Output rows, {@code floor((height + 2 padding - dilation (kernelHeight - 1) - 1) / stride) +
   * 1}.
   */
  public int outputHeight(int height) {
    return outputSize(height, kernelHeight);
  }

  /** Output columns, by the same formula as {@link #outputHeight}. */
  public int outputWidth(int width) {
    return outputSize(width, kernelWidth);
  }

  private int outputSize(int size, int kernel) {
    int span = size + 2 * padding - dilation * (kernel - 1) - 1;
    if (span < 0) {
      throw new IllegalArgumentException(
          "kernel %d with dilation %d does not fit an input of size %d padded by %d"
              .formatted(kernel, dilation, size, padding));
    }
    return span / stride + 1;
  }
}

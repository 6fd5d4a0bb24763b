package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.ConvGeometry;

/** Walks the taps of sliding windows over a batch of images. */
final class Windows {
  private final ConvGeometry geometry;
  private final int height;
  private final int width;
  private final int outputHeight;
  private final int outputWidth;

  Windows(ConvGeometry geometry, Activation input) {
    this.geometry = geometry;
    this.height = input.height();
    this.width = input.width();
    this.outputHeight = geometry.outputHeight(height);
    this.outputWidth = geometry.outputWidth(width);
  }

  int outputHeight() {
    return outputHeight;
  }

  int outputWidth() {
    return outputWidth;
  }

  /** What is done with one tap. */
  interface TapVisitor {
    /**
     * Visits a tap.
     *
     * @param tap number of the tap, row by row
     * @param pixel number of the input pixel in the batch, or -1 in the padding
     */
    void visit(int tap, int pixel);
  }

  /** Visits the taps of output pixel number {@code output} of the batch. */
  void taps(int output, TapVisitor visitor) {
    int image = output / (outputHeight * outputWidth);
    int top = output / outputWidth % outputHeight * geometry.stride() - geometry.padding();
    int left = output % outputWidth * geometry.stride() - geometry.padding();
    int tap = 0;
    for (int ky = 0; ky < geometry.kernelHeight(); ky++) {
      for (int kx = 0; kx < geometry.kernelWidth(); kx++) {
        int y = top + ky * geometry.dilation();
        int x = left + kx * geometry.dilation();
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        visitor.visit(tap++, inside ? (image * height + y) * width + x : -1);
      }
    }
  }
}

package ai.binealnet.core.autograd;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Two-dimensional convolution. */
public final class Convolution {
  private Convolution() {}

  /**
   * {@code [N,H,W,I]} by {@code [kh,kw,I,O]} to {@code [N,H',W',O]}, with {@link
   * ConvGeometry#outputHeight} rows.
   *
   * @param padding value of the padding pixels, 0 or 1
   */
  public static Variable conv2d(
      Tape tape, Variable x, Variable weights, ConvGeometry geometry, int padding) {
    Shape in = x.shape();
    int outputChannels = weights.shape().channels();
    Shape out =
        Shape.of(
            in.dim(0),
            geometry.outputHeight(in.dim(1)),
            geometry.outputWidth(in.dim(2)),
            outputChannels);
    Tensor y = tape.allocate(out);
    tape.kernels().convolve(x.value(), weights.value(), y, geometry, padding);
    return tape.record(
        y,
        dy -> {
          Tensor dw = tape.allocate(weights.shape());
          tape.kernels().convolveBackwardWeights(x.value(), dy, dw, geometry, padding);
          tape.accumulate(weights, dw);
          if (x.needsGradient()) {
            Tensor dx = tape.allocate(in);
            tape.kernels().convolveBackwardData(dy, weights.value(), dx, geometry);
            tape.accumulate(x, dx);
          }
          tape.release(dy);
        });
  }
}

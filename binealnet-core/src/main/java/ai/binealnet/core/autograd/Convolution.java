package ai.binealnet.core.autograd;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.tensor.Precision;
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
   * @param signs whether both operands are +1 and -1, which any precision multiplies exactly;
   *     others take {@link Tape#precision}
   */
  public static Variable conv2d(
      Tape tape, Variable x, Variable weights, ConvGeometry geometry, int padding, boolean signs) {
    Shape in = x.shape();
    int outputChannels = weights.shape().channels();
    Shape out =
        Shape.of(
            in.dim(0),
            geometry.outputHeight(in.dim(1)),
            geometry.outputWidth(in.dim(2)),
            outputChannels);
    Tensor y = tape.allocate(out);
    Precision precision = signs ? tape.kernels().precision() : tape.precision();
    tape.kernels().convolve(x.value(), weights.value(), y, geometry, padding, precision);
    return tape.record(
        y,
        dy -> {
          Tensor dw = tape.allocate(weights.shape());
          Tensor dx = x.needsGradient() ? tape.allocate(in) : null;
          tape.kernels()
              .convolveBackward(x.value(), weights.value(), dy, dx, dw, geometry, padding);
          tape.accumulate(weights, dw);
          if (dx != null) {
            tape.accumulate(x, dx);
          }
          tape.release(dy);
        });
  }
}

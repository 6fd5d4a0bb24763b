package ai.binealnet.core.autograd;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Pooling of {@code [N,H,W,C]}. */
public final class Pooling {
  private Pooling() {}

  /** Averages over {@code size x size} windows, to {@code [N,H/size,W/size,C]}. */
  public static Variable average(Tape tape, Variable x, int size) {
    Shape in = x.shape();
    Tensor y = tape.allocate(Shape.of(in.dim(0), in.dim(1) / size, in.dim(2) / size, in.dim(3)));
    tape.kernels().averagePool(x.value(), size, y);
    return tape.record(x, y, (dy, dx) -> tape.kernels().averagePoolBackward(dy, size, dx));
  }

  /** Maximum over windows, to {@code [N,H',W',C]}; padding never wins. */
  public static Variable max(Tape tape, Variable x, ConvGeometry geometry) {
    Shape in = x.shape();
    Tensor y =
        tape.allocate(
            Shape.of(
                in.dim(0),
                geometry.outputHeight(in.dim(1)),
                geometry.outputWidth(in.dim(2)),
                in.dim(3)));
    tape.kernels().maxPool(x.value(), geometry, y);
    return tape.record(
        x, y, (dy, dx) -> tape.kernels().maxPoolBackward(x.value(), geometry, dy, dx));
  }

  /** {@code factor} times the sum over height and width, to {@code [N,C]}. */
  public static Variable global(Tape tape, Variable x, float factor) {
    Shape in = x.shape();
    Tensor y = tape.allocate(Shape.of(in.dim(0), in.dim(3)));
    tape.kernels().globalPool(x.value(), factor, y);
    return tape.record(x, y, (dy, dx) -> tape.kernels().globalPoolBackward(dy, factor, dx));
  }

  /**
   * The factor that {@link #global} is used with: 1 / the smallest power of two not below {@code
   * height * width}.
   */
  public static float powerOfTwoAverage(int height, int width) {
    int pixels = height * width;
    int power = Integer.highestOneBit(pixels);
    return 1f / (power < pixels ? power * 2 : power);
  }
}

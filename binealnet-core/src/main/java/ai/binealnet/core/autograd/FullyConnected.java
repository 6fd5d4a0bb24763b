package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** The fully connected layer's operator. */
public final class FullyConnected {
  private FullyConnected() {}

  /** {@code y = x W^T + bias}, [N,C] by [O,C] to [N,O]. */
  public static Variable linear(Tape tape, Variable x, Variable weights, Variable bias) {
    Tensor y = tape.allocate(Shape.of(x.shape().dim(0), weights.shape().dim(0)));
    tape.kernels().linear(x.value(), weights.value(), bias.value(), y);
    return tape.record(
        y,
        dy -> {
          Tensor dx = tape.allocate(x.shape());
          Tensor dw = tape.allocate(weights.shape()).fill(0);
          tape.kernels().linearBackward(x.value(), weights.value(), dy, dx, dw, bias.gradient());
          tape.release(dy);
          tape.accumulate(weights, dw);
          tape.accumulate(x, dx);
        });
  }
}

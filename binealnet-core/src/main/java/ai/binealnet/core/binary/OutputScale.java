package ai.binealnet.core.binary;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Tensor;

/** Multiplication of a binary convolution's output by {@code lambda[o] k}. */
public final class OutputScale {
  private OutputScale() {}

  /** {@code y = x * (lambda[o] k)}, [N,H,W,O]. */
  public static Variable apply(Tape tape, Variable x, Parameter lambda, Parameter k) {
    Tensor scale = tape.allocate(lambda.shape()).set(product(lambda, k));
    Tensor zero = tape.allocate(lambda.shape()).fill(0);
    Tensor y = tape.allocate(x.shape());
    tape.kernels().affine(x.value(), scale, zero, y);
    return tape.record(
        y,
        dy -> {
          accumulate(tape, dy, x.value(), lambda, k);
          tape.kernels().affine(dy, scale, zero, dy);
          tape.accumulate(x, dy);
        });
  }

  /** {@code lambda[o] k} in float32, the same for training, evaluation and export. */
  public static float[] product(Parameter lambda, Parameter k) {
    float[] factor = lambda.value().toArray();
    for (int o = 0; o < factor.length; o++) {
      factor[o] *= k.value().get(0);
    }
    return factor;
  }

  /**
   * Adds to the gradients of lambda and k, given {@code y = x * lambda[o] k} and dy, both with O as
   * last axis.
   */
  static void accumulate(Tape tape, Tensor dy, Tensor x, Parameter lambda, Parameter k) {
    Tensor dots = tape.allocate(lambda.shape()).fill(0);
    tape.kernels().channelDots(dy, x, dots);
    float gradient = 0;
    for (int o = 0; o < dots.size(); o++) {
      float dot = dots.get(o);
      lambda.gradient().set(o, lambda.gradient().get(o) + dot * k.value().get(0));
      gradient += dot * lambda.value().get(o);
    }
    k.gradient().set(0, k.gradient().get(0) + gradient);
    tape.release(dots);
  }
}

package ai.binealnet.core.binary;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Tensor;

/**
 * The BiNeal activation, {@code sign(htanh(prelu_tau(x + b0) + b1))} per channel (Nie et al.,
 * 2022), with the surrogate gradient {@code 2 - 2|w|} of Bi-Real net (Liu et al., 2018) for the
 * sign.
 */
public final class ActivationBinarizer {
  private ActivationBinarizer() {}

  /**
   * Binarizes {@code x} to +1 and -1; sign(0) is +1.
   *
   * @param b0 shift before the PReLU, [C]
   * @param tau slope, [C], at least 0
   * @param b1 shift after it, [C]
   * @throws ArithmeticException if an element of x is not finite
   */
  public static Variable binarize(Tape tape, Variable x, Variable b0, Variable tau, Variable b1) {
    Tensor y = tape.allocate(x.shape());
    tape.kernels().binarize(x.value(), b0.value(), tau.value(), b1.value(), y);
    return tape.record(
        y,
        dy -> {
          boolean accumulate = x.gradient() != null; // an identity around the convolution
          Tensor dx = accumulate ? x.gradient() : dy;
          tape.kernels()
              .binarizeBackward(
                  x.value(),
                  b0.value(),
                  tau.value(),
                  b1.value(),
                  dy,
                  dx,
                  accumulate,
                  b0.gradient(),
                  tau.gradient(),
                  b1.gradient());
          if (accumulate) {
            tape.release(dy);
          } else {
            tape.accumulate(x, dy);
          }
        });
  }

  /**
   * The same function on one number, in the same float32 steps: what export evaluates to find a
   * threshold.
   *
   * @return +1 or -1
   */
  public static int sign(float x, float b0, float tau, float b1) {
    float u = x + b0;
    float v = Math.max(u, 0f) + Math.min(u, 0f) * tau;
    return v + b1 < 0f ? -1 : 1;
  }
}

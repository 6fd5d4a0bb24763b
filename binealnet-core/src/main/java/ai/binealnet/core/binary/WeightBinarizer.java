package ai.binealnet.core.binary;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Tensor;

/** Binary weights, {@code lambda k sign(tanh(alpha W))} (Nie et al., 2022). */
public final class WeightBinarizer {
  private WeightBinarizer() {}

  /**
   * {@code sign(tanh(alpha W))}, +1 and -1, shape of {@code w}; alpha as in {@link AlphaShape}.
   *
   * @param gain factor on the gradient that reaches W. A normalisation behind the convolution makes
   *     the loss independent of the weights' scale and the gradient inversely proportional to it:
   *     weights of magnitude 1 get gradients that are too small for latent weights of magnitude s,
   *     by that factor s. A gain of 1 / s makes up for it.
   */
  public static Variable binarize(Tape tape, Parameter w, Parameter alpha, float gain) {
    Tensor y = tape.allocate(w.shape());
    tape.kernels().binarizeWeights(w.value(), null, y);
    return tape.record(y, dy -> backward(tape, w, alpha, gain, dy));
  }

  /**
   * {@code lambda[o] k sign(tanh(alpha W))}. The straight-through gradient reaches W without the
   * factor lambda k, which trains better than the literal product rule.
   *
   * @param lambda [O], positive
   * @param k [1], positive: the scale of the binary activations that these weights meet
   */
  public static Variable binarizeScaled(
      Tape tape, Parameter w, Parameter alpha, Parameter lambda, Parameter k) {
    Tensor y = tape.allocate(w.shape());
    Tensor factor = tape.allocate(lambda.shape()).set(OutputScale.product(lambda, k));
    tape.kernels().binarizeWeights(w.value(), factor, y);
    tape.release(factor);
    return tape.record(
        y,
        dy -> {
          Tensor signs = tape.allocate(w.shape());
          tape.kernels().binarizeWeights(w.value(), null, signs);
          OutputScale.accumulate(tape, dy, signs, lambda, k);
          tape.release(signs);
          backward(tape, w, alpha, 1, dy);
        });
  }

  private static void backward(Tape tape, Parameter w, Parameter alpha, float gain, Tensor dy) {
    tape.kernels()
        .binarizeWeightsBackward(
            w.value(), alpha.value(), gain, dy, w.gradient(), alpha.gradient());
    tape.release(dy);
  }
}

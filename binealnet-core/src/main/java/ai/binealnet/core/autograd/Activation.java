package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Tensor;

/** Real-valued activations. */
public final class Activation {
  private Activation() {}

  /** {@code y = x >= 0 ? x : x * slope} per channel (He et al., 2015); a slope of 0 is ReLU. */
  public static Variable prelu(Tape tape, Variable x, Variable slope) {
    Tensor y = tape.allocate(x.shape());
    tape.kernels().prelu(x.value(), slope.value(), y);
    return tape.record(
        y,
        dy -> {
          boolean trained = slope.gradient() != null;
          Tensor dslope = trained ? slope.gradient() : tape.allocate(slope.shape());
          tape.kernels().preluBackward(x.value(), slope.value(), dy, dy, dslope);
          if (!trained) {
            tape.release(dslope);
          }
          tape.accumulate(x, dy);
        });
  }

  /**
   * {@code y = a + b}.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Variable add(Tape tape, Variable a, Variable b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException("cannot add " + a.shape() + " and " + b.shape());
    }
    Tensor y = tape.allocate(a.shape());
    tape.kernels().add(a.value(), b.value(), y);
    return tape.record(
        y,
        dy -> {
          Tensor copy = tape.allocate(b.shape());
          copy.copyFrom(dy);
          tape.accumulate(b, copy);
          tape.accumulate(a, dy);
        });
  }

  /** {@code y = x + bias[c]}. */
  public static Variable addBias(Tape tape, Variable x, Variable bias) {
    Tensor one = tape.allocate(bias.shape()).fill(1);
    Tensor y = tape.allocate(x.shape());
    tape.kernels().affine(x.value(), one, bias.value(), y);
    tape.release(one);
    return tape.record(
        y,
        dy -> {
          tape.kernels().channelSums(dy, bias.gradient());
          tape.accumulate(x, dy);
        });
  }
}

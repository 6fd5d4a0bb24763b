package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Tensor;

/** Learned factors and shifts of each channel, without statistics. */
public final class PerChannel {
  private PerChannel() {}

  /**
   * {@code y = fl(fl(x * fl(scale[c] * unit)) + shift[c])}, plus {@code addend} in a third rounded
   * operation.
   *
   * @param unit what the scales are counted in: optimizers that take steps of one size whatever the
   *     gradient is, as Adam does, need parameters of about 1
   * @param addend of the shape of {@code x}, or null
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Variable affine(
      Tape tape, Variable x, Parameter scale, float unit, Parameter shift, Variable addend) {
    if (addend != null && !addend.shape().equals(x.shape())) {
      throw new IllegalArgumentException("cannot add " + x.shape() + " and " + addend.shape());
    }
    Tensor y = tape.allocate(x.shape());
    Tensor factor = tape.allocate(scale.shape()).set(factors(scale, unit));
    if (addend == null) {
      tape.kernels().affine(x.value(), factor, shift.value(), y);
    } else {
      tape.kernels().affineAdd(x.value(), factor, shift.value(), addend.value(), y);
    }
    return tape.record(
        y,
        dy -> {
          accumulate(tape, dy, x.value(), scale, unit);
          tape.kernels().channelSums(dy, shift.gradient());
          Tensor dx = addend == null ? dy : tape.allocate(x.shape());
          Tensor zero = tape.allocate(scale.shape()).fill(0);
          tape.kernels().affine(dy, factor, zero, dx);
          tape.release(zero);
          tape.release(factor);
          tape.accumulate(x, dx);
          if (addend != null) {
            tape.accumulate(addend, dy);
          }
        });
  }

  /** {@code fl(scale[c] * unit)}, the same for training, evaluation and export. */
  public static float[] factors(Parameter scale, float unit) {
    float[] factors = scale.value().toArray();
    for (int c = 0; c < factors.length; c++) {
      factors[c] *= unit;
    }
    return factors;
  }

  private static void accumulate(Tape tape, Tensor dy, Tensor x, Parameter scale, float unit) {
    Tensor dots = tape.allocate(scale.shape()).fill(0);
    tape.kernels().channelDots(dy, x, dots);
    for (int c = 0; c < dots.size(); c++) {
      scale.gradient().set(c, scale.gradient().get(c) + dots.get(c) * unit);
    }
    tape.release(dots);
  }
}

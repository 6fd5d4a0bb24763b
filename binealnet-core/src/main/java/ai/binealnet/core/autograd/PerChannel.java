package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Tensor;

/** Learned factors and shifts of each channel, without statistics. */
public final class PerChannel {
  private PerChannel() {}

  /**
   * {@code y = fl(fl(x * scale[c]) + shift[c])}, plus {@code addend} in a third rounded operation.
   *
   * @param addend of the shape of {@code x}, or null
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Variable affine(
      Tape tape, Variable x, Parameter scale, Parameter shift, Variable addend) {
    Tensor y = tape.allocate(x.shape());
    if (addend == null) {
      tape.kernels().affine(x.value(), scale.value(), shift.value(), y);
    } else if (addend.shape().equals(x.shape())) {
      tape.kernels().affineAdd(x.value(), scale.value(), shift.value(), addend.value(), y);
    } else {
      throw new IllegalArgumentException("cannot add " + x.shape() + " and " + addend.shape());
    }
    return tape.record(
        y,
        dy -> {
          tape.kernels().channelDots(dy, x.value(), scale.gradient());
          tape.kernels().channelSums(dy, shift.gradient());
          Tensor dx = addend == null ? dy : tape.allocate(x.shape());
          Tensor zero = tape.allocate(scale.shape()).fill(0);
          tape.kernels().affine(dy, scale.value(), zero, dx);
          tape.release(zero);
          tape.accumulate(x, dx);
          if (addend != null) {
            tape.accumulate(addend, dy);
          }
        });
  }
}

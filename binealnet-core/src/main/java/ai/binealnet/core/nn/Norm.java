package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;

/** What stands behind a convolution and is a factor and a shift for each channel in evaluation. */
public sealed interface Norm extends Layer permits BatchNorm, ChannelAffine {
  /**
   * The normalisation of {@code x} plus {@code addend}, in one pass over the memory.
   *
   * @param addend of the shape of {@code x}, or null for none
   */
  Variable forward(Tape tape, Variable x, Variable addend);

  @Override
  default Variable forward(Tape tape, Variable x) {
    return forward(tape, x, null);
  }
}

package ai.binealnet.core.binary;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Tensor;

/**
 * Weights of the first and the last layer: 8-bit integers times a power of two per output channel,
 * straight through.
 */
public final class EightBitWeights {
  private EightBitWeights() {}

  /**
   * The weights as a device will store them.
   *
   * @param outputAxis axis of the output channel, the first or the last
   */
  public static Variable quantize(Tape tape, Parameter w, int outputAxis) {
    Tensor y = tape.allocate(w.shape());
    tape.kernels().quantizeWeights(w.value(), outputAxis, y);
    return tape.record(y, dy -> tape.accumulate(w, dy));
  }
}

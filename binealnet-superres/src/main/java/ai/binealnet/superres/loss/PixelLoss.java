package ai.binealnet.superres.loss;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;

/** Mean absolute difference of pixels, which keeps edges sharper than squares do. */
public final class PixelLoss {
  private PixelLoss() {}

  /**
   * {@code mean |x - t| / unit}; gradient {@code sign(x - t) / (elements unit)}, 0 where they are
   * equal.
   *
   * @param x pictures
   * @param target as many values
   * @param unit pixel values that count as 1
   * @return the loss, shape [1]
   */
  public static Variable l1(Tape tape, Variable x, float[] target, float unit) {
    float[] values = x.value().toArray();
    if (values.length != target.length) {
      throw new IllegalArgumentException(
          x.shape() + " cannot be compared with " + target.length + " values");
    }
    float slope = 1 / (values.length * unit);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      float d = values[i] - target[i];
      sum += Math.abs(d);
      values[i] = Math.signum(d) * slope;
    }
    return Loss.scalar(tape, x, sum / values.length / unit, values);
  }
}

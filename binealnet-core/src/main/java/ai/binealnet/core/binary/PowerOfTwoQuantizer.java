package ai.binealnet.core.binary;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Tensor;

/**
 * Quantization to a few bits with a learned scale that is rounded to a power of two, so that
 * float32 arithmetic on quantized values is exact integer arithmetic.
 */
public final class PowerOfTwoQuantizer {
  private static final double LN2 = Math.log(2);

  private PowerOfTwoQuantizer() {}

  /** {@code 2^rint(log2Scale)}. */
  public static float scale(Parameter log2Scale) {
    return Math.scalb(1f, (int) Math.rint(log2Scale.value().get(0)));
  }

  /**
   * {@code y = clip(rint(x / s), min, max) * s}, straight through the rounding. The scale's
   * gradient is LSQ's (Esser et al., 2020), divided by {@code sqrt(elements * max)} as there, and
   * passed to the exponent.
   *
   * @param log2Scale [1]
   */
  public static Variable quantize(Tape tape, Variable x, Parameter log2Scale, int min, int max) {
    float scale = scale(log2Scale);
    Tensor y = tape.allocate(x.shape());
    tape.kernels().quantize(x.value(), scale, min, max, y);
    return tape.record(
        y,
        dy -> {
          double dscale = tape.kernels().quantizeBackward(x.value(), scale, min, max, dy, dy);
          accumulate(log2Scale, dscale, x, max);
          tape.accumulate(x, dy);
        });
  }

  /**
   * {@link #quantize} of {@code prelu(x)}, in one pass over the memory.
   *
   * @param slope [C]
   * @param log2Scale [1]
   */
  public static Variable quantizePrelu(
      Tape tape, Variable x, Parameter slope, Parameter log2Scale, int min, int max) {
    float scale = scale(log2Scale);
    Tensor y = tape.allocate(x.shape());
    tape.kernels().preluQuantize(x.value(), slope.value(), scale, min, max, y);
    return tape.record(
        y,
        dy -> {
          double dscale =
              tape.kernels()
                  .preluQuantizeBackward(
                      x.value(), slope.value(), scale, min, max, dy, dy, slope.gradient());
          accumulate(log2Scale, dscale, x, max);
          tape.accumulate(x, dy);
        });
  }

  private static void accumulate(Parameter log2Scale, double dscale, Variable x, int max) {
    double elements = (double) x.shape().size() / x.shape().dim(0);
    double gradient = dscale * scale(log2Scale) * LN2 / Math.sqrt(elements * max);
    log2Scale.gradient().set(0, log2Scale.gradient().get(0) + (float) gradient);
  }
}

package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Batch normalisation (Ioffe and Szegedy, 2015) over all axes but the last. */
public final class Normalization {
  /** Added to the variance. */
  public static final float EPSILON = 1e-5f;

  private Normalization() {}

  /** The affine form {@code y = x * scale + shift} of a normalisation with fixed statistics. */
  public record Folded(float[] scale, float[] shift) {}

  /**
   * {@code scale = gamma / sqrt(variance + epsilon)}, {@code shift = beta - mean * scale}.
   * Evaluation and export share this one place, so that both use the very same float32 factors.
   */
  public static Folded fold(Tensor mean, Tensor variance, Tensor gamma, Tensor beta) {
    int channels = gamma.size();
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = gamma.get(c) * inverseDeviation(variance.get(c));
      shift[c] = beta.get(c) - mean.get(c) * scale[c];
    }
    return new Folded(scale, shift);
  }

  /**
   * Normalises by the given running statistics; for evaluation, records no gradient.
   *
   * @param addend added to the result, or null
   */
  public static Variable withRunningStatistics(
      Tape tape,
      Variable x,
      Variable gamma,
      Variable beta,
      Parameter mean,
      Parameter variance,
      Variable addend) {
    Folded folded = fold(mean.value(), variance.value(), gamma.value(), beta.value());
    return tape.record(
        apply(tape, x, folded, addend),
        dy -> {
          throw new IllegalStateException("running statistics are for evaluation");
        });
  }

  /**
   * Normalises by the batch's own statistics and moves the running ones towards them by {@code
   * momentum}; on a {@link Tape#gathering gathering} tape it pools the moments of batches of one
   * size instead.
   *
   * @param addend added to the result in the same pass, or null
   * @throws ArithmeticException if the statistics are not finite
   */
  public static Variable withBatchStatistics(
      Tape tape,
      Variable x,
      Variable gamma,
      Variable beta,
      Parameter runningMean,
      Parameter runningVariance,
      float momentum,
      Variable addend) {
    Shape perChannel = gamma.shape();
    Tensor mean = tape.allocate(perChannel);
    Tensor variance = tape.allocate(perChannel);
    tape.kernels().moments(x.value(), mean, variance);
    int rows = x.shape().rows();
    if (tape.isGathering()) {
      pool(tape.gathered(), runningMean.value(), runningVariance.value(), mean, variance);
    } else {
      update(runningMean.value(), mean, momentum, 1);
      update(runningVariance.value(), variance, momentum, rows > 1 ? (float) rows / (rows - 1) : 1);
    }
    Folded folded = fold(mean, variance, gamma.value(), beta.value());
    return tape.record(
        apply(tape, x, folded, addend),
        dy -> {
          Tensor inverse = variance;
          for (int c = 0; c < inverse.size(); c++) {
            inverse.set(c, inverseDeviation(variance.get(c)));
          }
          Tensor dx = addend == null ? dy : tape.allocate(x.shape());
          tape.kernels()
              .batchNormBackward(
                  x.value(),
                  mean,
                  inverse,
                  gamma.value(),
                  dy,
                  dx,
                  gamma.gradient(),
                  beta.gradient());
          tape.release(mean);
          tape.release(variance);
          tape.accumulate(x, dx);
          if (addend != null) {
            tape.accumulate(addend, dy);
          }
        });
  }

  private static Tensor apply(Tape tape, Variable x, Folded folded, Variable addend) {
    Shape perChannel = Shape.of(folded.scale.length);
    Tensor y = tape.allocate(x.shape());
    Tensor scale = tape.allocate(perChannel).set(folded.scale);
    Tensor shift = tape.allocate(perChannel).set(folded.shift);
    if (addend == null) {
      tape.kernels().affine(x.value(), scale, shift, y);
    } else if (!addend.shape().equals(x.shape())) {
      throw new IllegalArgumentException("cannot add " + x.shape() + " and " + addend.shape());
    } else {
      tape.kernels().affineAdd(x.value(), scale, shift, addend.value(), y);
    }
    tape.release(scale);
    tape.release(shift);
    return y;
  }

  /**
   * Moments of all rows so far from those of {@code k} batches and of one more of the same size
   * (Chan et al., 1979): {@code d = m - mean; mean += d / (k + 1); variance += (v - variance + d^2
   * k / (k + 1)) / (k + 1)}.
   */
  private static void pool(int k, Tensor mean, Tensor variance, Tensor m, Tensor v) {
    double n = k + 1.0;
    for (int c = 0; c < mean.size(); c++) {
      requireFinite(c, m.get(c));
      requireFinite(c, v.get(c));
      double oldMean = k == 0 ? 0 : mean.get(c);
      double oldVariance = k == 0 ? 0 : variance.get(c);
      double d = m.get(c) - oldMean;
      mean.set(c, (float) (oldMean + d / n));
      variance.set(c, (float) (oldVariance + (v.get(c) - oldVariance + d * d * k / n) / n));
    }
  }

  private static void update(Tensor running, Tensor batch, float momentum, float correction) {
    for (int c = 0; c < running.size(); c++) {
      float value = batch.get(c) * correction;
      requireFinite(c, value);
      running.set(c, running.get(c) + momentum * (value - running.get(c)));
    }
  }

  private static void requireFinite(int channel, float value) {
    if (!Float.isFinite(value)) {
      throw new ArithmeticException(
          "batch statistics of channel " + channel + " are not finite: " + value);
    }
  }

  private static float inverseDeviation(float variance) {
    return (float) (1 / Math.sqrt(variance + EPSILON));
  }
}

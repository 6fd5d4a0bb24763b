package ai.binealnet.core.tensor;

/**
 * Binary and 8-bit weights for {@link CpuKernels}; weight tensors are small, so one thread does.
 */
final class WeightKernels {
  private static final int MAX_LEVEL = 127;

  private WeightKernels() {}

  static void binarize(Tensor w, Tensor factor, Tensor y) {
    float[] values = w.toArray();
    if (factor == null) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] >= 0 ? 1f : -1f;
      }
    } else {
      float[] f = factor.toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] >= 0 ? f[i % f.length] : -f[i % f.length];
      }
    }
    y.set(values);
  }

  static void binarizeBackward(
      Tensor w, Tensor alpha, float gain, Tensor dy, Tensor dw, Tensor dalpha) {
    float[] values = w.toArray();
    float[] a = alpha.toArray();
    float[] gradient = dy.toArray();
    float[] sum = dw.toArray();
    float[] alphaSum = dalpha == null ? null : dalpha.toArray();
    for (int from = 0; from < values.length; from += a.length) {
      for (int i = 0; i < a.length; i++) {
        float t = tanh(a[i] * values[from + i]);
        float e = gain * gradient[from + i] * (1 - t * t);
        sum[from + i] += e * a[i];
        gradient[from + i] = e * values[from + i];
      }
    }
    dw.set(sum);
    if (alphaSum != null) {
      for (int from = 0; from < values.length; from += a.length) {
        for (int i = 0; i < a.length; i++) {
          alphaSum[i] += gradient[from + i];
        }
      }
      dalpha.set(alphaSum);
    }
  }

  /**
   * tanh by its continued fraction cut after seven terms, exact to 1e-4; unlike Math.tanh, it
   * vectorizes.
   */
  static float tanh(float x) {
    float c = Math.max(-4.97f, Math.min(4.97f, x));
    float s = c * c;
    float numerator = c * (135135f + s * (17325f + s * (378f + s)));
    return numerator / (135135f + s * (62370f + s * (3150f + s * 28f)));
  }

  static void quantize(Tensor w, int outputAxis, Tensor y) {
    float[] values = w.toArray();
    int channels = w.shape().dim(outputAxis);
    int inner = outputAxis == 0 ? values.length / channels : 1;
    float[] max = new float[channels];
    for (int i = 0; i < values.length; i++) {
      int o = i / inner % channels;
      max[o] = Math.max(max[o], Math.abs(values[i]));
    }
    for (int i = 0; i < values.length; i++) {
      float scale = powerOfTwoScale(max[i / inner % channels]);
      values[i] = scale == 0 ? 0 : (float) Math.rint(values[i] / scale) * scale;
    }
    y.set(values);
  }

  /** The smallest power of two s with max / s at most 127 after rounding; 0 for 0. */
  private static float powerOfTwoScale(float max) {
    if (max == 0) {
      return 0;
    }
    float scale = Math.scalb(1f, Math.getExponent(max) - 6);
    return Math.rint(max / scale) <= MAX_LEVEL ? scale : 2 * scale;
  }
}

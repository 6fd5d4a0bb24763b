package ai.binealnet.core.tensor;

/** Binary and 8-bit weights for {@link CpuKernels}. */
final class WeightKernels {
  private static final int MAX_LEVEL = 127;

  private final Parallel parallel;

  WeightKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void binarize(Tensor w, Tensor factor, Tensor y) {
    Tiles tiles = Tiles.perChannel(parallel, w.shape());
    float[] f = factor == null ? null : tiles.spread(factor);
    tiles.run(
        (worker, offset, length) -> {
          float[] v = worker.read(0, w, offset, length);
          for (int i = 0; i < length; i++) {
            v[i] = Lanes.sign(v[i]);
          }
          if (f != null) {
            for (int i = 0; i < length; i++) {
              v[i] *= f[i];
            }
          }
          y.write(offset, v, length);
        });
  }

  /** {@code alpha} covers the last axes of {@code w}: as many weights share its elements as fit. */
  void binarizeBackward(Tensor w, Tensor alpha, float gain, Tensor dy, Tensor dw, Tensor dalpha) {
    Shape rows = Shape.of(w.size() / alpha.size(), alpha.size());
    Tiles tiles = Tiles.perChannel(parallel, rows);
    float[] a = tiles.spread(alpha);
    double[][] totals =
        tiles.reduce(
            1,
            (worker, offset, length) -> {
              float[] v = worker.read(0, w, offset, length);
              float[] d = worker.read(1, dy, offset, length);
              float[] sum = worker.read(2, dw, offset, length);
              float[] alphaSum = worker.sum(0);
              for (int i = 0; i < length; i++) {
                float t = tanh(a[i] * v[i]);
                d[i] *= gain * (1 - t * t);
              }
              for (int i = 0; i < length; i++) {
                sum[i] += d[i] * a[i];
                alphaSum[i] += d[i] * v[i];
              }
              dw.write(offset, sum, length);
            });
    if (dalpha != null) {
      ElementwiseKernels.addTo(dalpha, totals[0]);
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

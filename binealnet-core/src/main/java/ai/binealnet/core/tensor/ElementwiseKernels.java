package ai.binealnet.core.tensor;

import java.util.Arrays;

/**
 * The element-wise and per-channel loops of {@link CpuKernels}; formulas are those of {@link
 * Kernels}.
 */
final class ElementwiseKernels {
  private final Parallel parallel;

  ElementwiseKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void moments(Tensor x, Tensor mean, Tensor variance) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    int channels = x.shape().channels();
    float[] origin = new float[channels];
    x.read(
        0, origin, channels); // subtracting any sample keeps the one-pass variance from cancelling
    float[] shift = tiles.spread(origin);
    double[][] totals =
        tiles.reduce(
            2,
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              float[] sum = worker.sum(0);
              float[] squares = worker.sum(1);
              for (int i = 0; i < length; i++) {
                float d = v[i] - shift[i];
                sum[i] += d;
                squares[i] += d * d;
              }
            });
    float[] m = new float[channels];
    float[] var = new float[channels];
    double rows = x.shape().rows();
    for (int c = 0; c < channels; c++) {
      double d = totals[0][c] / rows;
      m[c] = (float) (d + origin[c]);
      var[c] = (float) Math.max(0, totals[1][c] / rows - d * d);
    }
    mean.set(m);
    variance.set(var);
  }

  void affine(Tensor x, Tensor scale, Tensor shift, Tensor y) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] a = tiles.spread(scale);
    float[] c = tiles.spread(shift);
    tiles.run(
        (worker, offset, length) -> {
          float[] v = worker.read(0, x, offset, length);
          for (int i = 0; i < length; i++) {
            v[i] = v[i] * a[i] + c[i];
          }
          y.write(offset, v, length);
        });
  }

  void affineAdd(Tensor x, Tensor scale, Tensor shift, Tensor addend, Tensor y) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] a = tiles.spread(scale);
    float[] c = tiles.spread(shift);
    tiles.run(
        (worker, offset, length) -> {
          float[] v = worker.read(0, x, offset, length);
          float[] u = worker.read(1, addend, offset, length);
          for (int i = 0; i < length; i++) {
            v[i] = v[i] * a[i] + c[i] + u[i];
          }
          y.write(offset, v, length);
        });
  }

  void batchNormBackward(
      Tensor x,
      Tensor mean,
      Tensor inverse,
      Tensor gamma,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] mu = tiles.spread(mean);
    float[] inv = tiles.spread(inverse);
    double[][] totals =
        tiles.reduce(
            2,
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              float[] d = worker.read(1, dy, offset, length);
              float[] sum = worker.sum(0);
              float[] product = worker.sum(1);
              for (int i = 0; i < length; i++) {
                sum[i] += d[i];
                product[i] += d[i] * ((v[i] - mu[i]) * inv[i]);
              }
            });
    addTo(dbeta, totals[0]);
    addTo(dgamma, totals[1]);
    applyBatchNormBackward(
        tiles, x, dy, dx, coefficients(x.shape().rows(), mean, inverse, gamma, totals));
  }

  /** dx = k1 dy + k2 x + k3 with the three per-channel factors. */
  private static float[][] coefficients(
      int rows, Tensor mean, Tensor inverse, Tensor gamma, double[][] totals) {
    float[][] k = new float[3][mean.size()];
    for (int c = 0; c < mean.size(); c++) {
      double inv = inverse.get(c);
      double q = gamma.get(c) * inv;
      double slope = -q * totals[1][c] / rows * inv;
      k[0][c] = (float) q;
      k[1][c] = (float) slope;
      k[2][c] = (float) (-q * totals[0][c] / rows - slope * mean.get(c));
    }
    return k;
  }

  private static void applyBatchNormBackward(
      Tiles tiles, Tensor x, Tensor dy, Tensor dx, float[][] k) {
    float[] k1 = tiles.spread(k[0]);
    float[] k2 = tiles.spread(k[1]);
    float[] k3 = tiles.spread(k[2]);
    tiles.run(
        (worker, offset, length) -> {
          float[] v = worker.read(0, x, offset, length);
          float[] d = worker.read(1, dy, offset, length);
          for (int i = 0; i < length; i++) {
            d[i] = d[i] * k1[i] + v[i] * k2[i] + k3[i];
          }
          dx.write(offset, d, length);
        });
  }

  void prelu(Tensor x, Tensor slope, Tensor y) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] s = tiles.spread(slope);
    tiles.run(
        (worker, offset, length) -> {
          float[] v = worker.read(0, x, offset, length);
          for (int i = 0; i < length; i++) {
            v[i] = Math.max(v[i], 0f) + Math.min(v[i], 0f) * s[i];
          }
          y.write(offset, v, length);
        });
  }

  void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] s = tiles.spread(slope);
    double[][] totals =
        tiles.reduce(
            1,
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              float[] d = worker.read(1, dy, offset, length);
              float[] sum = worker.sum(0);
              for (int i = 0; i < length; i++) {
                sum[i] += d[i] * Math.min(v[i], 0f);
                d[i] *= s[i] + Lanes.notNegative(v[i]) * (1f - s[i]);
              }
              dx.write(offset, d, length);
            });
    addTo(dslope, totals[0]);
  }

  void quantize(Tensor x, float scale, int min, int max, Tensor y) {
    float inverse = 1 / scale;
    float low = min;
    float high = max;
    Tiles.flat(parallel, x.size())
        .run(
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              for (int i = 0; i < length; i++) {
                v[i] = Lanes.rint(Math.max(low, Math.min(high, v[i] * inverse))) * scale;
              }
              y.write(offset, v, length);
            });
  }

  double quantizeBackward(Tensor x, float scale, int min, int max, Tensor dy, Tensor dx) {
    float inverse = 1 / scale;
    float low = min;
    float high = max;
    double[][] totals =
        Tiles.flat(parallel, x.size())
            .reduce(
                1,
                (worker, offset, length) -> {
                  float[] v = worker.read(0, x, offset, length);
                  float[] d = worker.read(1, dy, offset, length);
                  float[] sum = worker.sum(0);
                  float[] inside = worker.buffer(2);
                  for (int i = 0; i < length; i++) {
                    float t = v[i] * inverse;
                    float clipped = Math.max(low, Math.min(high, t));
                    inside[i] = t - clipped;
                    v[i] = clipped;
                  }
                  for (int i = 0; i < length; i++) {
                    inside[i] = Lanes.isZero(inside[i]);
                  }
                  for (int i = 0; i < length; i++) {
                    sum[i] += d[i] * (Lanes.rint(v[i]) - inside[i] * v[i]);
                  }
                  for (int i = 0; i < length; i++) {
                    d[i] *= inside[i];
                  }
                  dx.write(offset, d, length);
                });
    return totals[0][0];
  }

  void preluQuantize(Tensor x, Tensor slope, float scale, int min, int max, Tensor y) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] s = tiles.spread(slope);
    float inverse = 1 / scale;
    float low = min;
    float high = max;
    tiles.run(
        (worker, offset, length) -> {
          float[] v = worker.read(0, x, offset, length);
          for (int i = 0; i < length; i++) {
            v[i] = Math.max(v[i], 0f) + Math.min(v[i], 0f) * s[i];
          }
          for (int i = 0; i < length; i++) {
            v[i] = Lanes.rint(Math.max(low, Math.min(high, v[i] * inverse))) * scale;
          }
          y.write(offset, v, length);
        });
  }

  double preluQuantizeBackward(
      Tensor x, Tensor slope, float scale, int min, int max, Tensor dy, Tensor dx, Tensor dslope) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] s = tiles.spread(slope);
    float inverse = 1 / scale;
    float low = min;
    float high = max;
    double[][] totals =
        tiles.reduce(
            2,
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              float[] d = worker.read(1, dy, offset, length);
              float[] slopes = worker.sum(0);
              float[] scales = worker.sum(1);
              float[] clipped = worker.buffer(2);
              float[] inside = worker.buffer(3);
              for (int i = 0; i < length; i++) {
                float t = (Math.max(v[i], 0f) + Math.min(v[i], 0f) * s[i]) * inverse;
                clipped[i] = Math.max(low, Math.min(high, t));
                inside[i] = t - clipped[i];
              }
              for (int i = 0; i < length; i++) {
                inside[i] = Lanes.isZero(inside[i]);
              }
              for (int i = 0; i < length; i++) {
                scales[i] += d[i] * (Lanes.rint(clipped[i]) - inside[i] * clipped[i]);
              }
              for (int i = 0; i < length; i++) {
                d[i] *= inside[i];
                slopes[i] += d[i] * Math.min(v[i], 0f);
              }
              for (int i = 0; i < length; i++) {
                d[i] *= s[i] + Lanes.notNegative(v[i]) * (1f - s[i]);
              }
              dx.write(offset, d, length);
            });
    addTo(dslope, totals[0]);
    return Arrays.stream(totals[1]).sum();
  }

  void add(Tensor a, Tensor b, Tensor y) {
    Tiles.flat(parallel, a.size())
        .run(
            (worker, offset, length) -> {
              float[] u = worker.read(0, a, offset, length);
              float[] v = worker.read(1, b, offset, length);
              for (int i = 0; i < length; i++) {
                u[i] += v[i];
              }
              y.write(offset, u, length);
            });
  }

  static void addTo(Tensor target, double[] values) {
    float[] sum = target.toArray();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) values[i];
    }
    target.set(sum);
  }
}

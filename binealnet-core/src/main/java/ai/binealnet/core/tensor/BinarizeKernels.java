package ai.binealnet.core.tensor;

/** The activation binarizer's loops of {@link CpuKernels}. */
final class BinarizeKernels {
  private final Parallel parallel;

  BinarizeKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void binarize(Tensor x, Tensor b0, Tensor tau, Tensor b1, Tensor y) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] p = tiles.spread(b0);
    float[] t = tiles.spread(tau);
    float[] q = tiles.spread(b1);
    double[][] totals =
        tiles.reduce(
            1,
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              float[] bad = worker.sum(0);
              for (int i = 0; i < length; i++) {
                bad[i] += v[i] * 0f; // stays 0 unless x is NaN or infinite
                float u = v[i] + p[i];
                float w = (Math.max(u, 0f) + Math.min(u, 0f) * t[i]) + q[i];
                v[i] = Lanes.sign(w);
              }
              y.write(offset, v, length);
            });
    for (int c = 0; c < totals[0].length; c++) {
      if (totals[0][c] != 0) {
        throw new ArithmeticException(
            "a value that is not finite reaches the binarizer in channel " + c);
      }
    }
  }

  void binarizeBackward(
      Tensor x,
      Tensor b0,
      Tensor tau,
      Tensor b1,
      Tensor dy,
      Tensor dx,
      boolean accumulate,
      Tensor db0,
      Tensor dtau,
      Tensor db1) {
    Tiles tiles = Tiles.perChannel(parallel, x.shape());
    float[] p = tiles.spread(b0);
    float[] t = tiles.spread(tau);
    float[] q = tiles.spread(b1);
    double[][] totals =
        tiles.reduce(
            3,
            (worker, offset, length) -> {
              float[] v = worker.read(0, x, offset, length);
              float[] d = worker.read(1, dy, offset, length);
              float[] s0 = worker.sum(0);
              float[] st = worker.sum(1);
              float[] s1 = worker.sum(2);
              // three short loops: the JIT compiler does not vectorize them as one
              for (int i = 0; i < length; i++) {
                float u = v[i] + p[i];
                float w = (Math.max(u, 0f) + Math.min(u, 0f) * t[i]) + q[i];
                v[i] = u;
                d[i] *= Math.max(0f, 2f - 2f * Math.abs(w));
              }
              for (int i = 0; i < length; i++) {
                s1[i] += d[i];
                st[i] += d[i] * Math.min(v[i], 0f);
              }
              for (int i = 0; i < length; i++) {
                float g = d[i] * (t[i] + Lanes.notNegative(v[i]) * (1f - t[i]));
                s0[i] += g;
                d[i] = g;
              }
              if (accumulate) {
                float[] before = worker.read(2, dx, offset, length);
                for (int i = 0; i < length; i++) {
                  d[i] += before[i];
                }
              }
              dx.write(offset, d, length);
            });
    ElementwiseKernels.addTo(db0, totals[0]);
    ElementwiseKernels.addTo(dtau, totals[1]);
    ElementwiseKernels.addTo(db1, totals[2]);
  }
}

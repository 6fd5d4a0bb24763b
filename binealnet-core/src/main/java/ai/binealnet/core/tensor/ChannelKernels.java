package ai.binealnet.core.tensor;

/** Sums over all axes but the last, of {@link CpuKernels}. */
final class ChannelKernels {
  private final Parallel parallel;

  ChannelKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void channelDots(Tensor a, Tensor b, Tensor target) {
    double[][] totals =
        Tiles.perChannel(parallel, a.shape())
            .reduce(
                1,
                (worker, offset, length) -> {
                  float[] u = worker.read(0, a, offset, length);
                  float[] v = worker.read(1, b, offset, length);
                  float[] sum = worker.sum(0);
                  for (int i = 0; i < length; i++) {
                    sum[i] += u[i] * v[i];
                  }
                });
    ElementwiseKernels.addTo(target, totals[0]);
  }

  void channelSums(Tensor a, Tensor target) {
    double[][] totals =
        Tiles.perChannel(parallel, a.shape())
            .reduce(
                1,
                (worker, offset, length) -> {
                  float[] u = worker.read(0, a, offset, length);
                  float[] sum = worker.sum(0);
                  for (int i = 0; i < length; i++) {
                    sum[i] += u[i];
                  }
                });
    ElementwiseKernels.addTo(target, totals[0]);
  }
}

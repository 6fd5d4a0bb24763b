package ai.binealnet.core.tensor;

/** The fully connected layer's loops of {@link CpuKernels}; it is small in every network here. */
final class LinearKernels {
  private final Parallel parallel;

  LinearKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void linear(Tensor x, Tensor weights, Tensor bias, Tensor y) {
    int in = x.shape().channels();
    int out = y.shape().channels();
    float[] w = weights.toArray();
    float[] b = bias.toArray();
    parallel.run(
        x.shape().rows(),
        (worker, from, to) -> {
          float[] row = new float[in];
          float[] result = new float[out];
          for (int n = from; n < to; n++) {
            x.read(n * in, row, in);
            for (int o = 0; o < out; o++) {
              float sum = 0;
              for (int i = 0; i < in; i++) {
                sum += row[i] * w[o * in + i];
              }
              result[o] = sum + b[o];
            }
            y.write(n * out, result, out);
          }
        });
  }

  void linearBackward(Tensor x, Tensor weights, Tensor dy, Tensor dx, Tensor dw, Tensor dbias) {
    int in = x.shape().channels();
    int out = dy.shape().channels();
    int rows = x.shape().rows();
    float[] w = weights.toArray();
    float[] values = x.toArray();
    float[] gradient = dy.toArray();
    float[] result = new float[rows * in];
    parallel.run(
        rows,
        (worker, from, to) -> {
          for (int n = from; n < to; n++) {
            for (int o = 0; o < out; o++) {
              axpy(gradient[n * out + o], w, o * in, result, n * in, in);
            }
          }
        });
    dx.set(result);
    float[] weightSum = dw.toArray();
    float[] biasSum = dbias.toArray();
    parallel.run(
        out,
        (worker, from, to) -> {
          for (int n = 0; n < rows; n++) {
            for (int o = from; o < to; o++) {
              biasSum[o] += gradient[n * out + o];
              axpy(gradient[n * out + o], values, n * in, weightSum, o * in, in);
            }
          }
        });
    dw.set(weightSum);
    dbias.set(biasSum);
  }

  private static void axpy(float a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] += a * x[xFrom + i];
    }
  }
}

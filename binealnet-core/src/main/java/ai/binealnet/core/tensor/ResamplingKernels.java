package ai.binealnet.core.tensor;

/** The up-sampling loops of {@link CpuKernels}; one row of the coarse image at a time. */
final class ResamplingKernels {
  private final Parallel parallel;

  ResamplingKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void upsample(Tensor x, int factor, Tensor y) {
    int c = x.shape().channels();
    int length = x.shape().dim(2) * c;
    forEachRow(
        x.shape(),
        row -> {
          float[] coarse = new float[length];
          float[] fine = new float[length * factor];
          x.read(row * length, coarse, length);
          for (int i = 0; i < fine.length; i += c) {
            System.arraycopy(coarse, i / c / factor * c, fine, i, c);
          }
          for (int i = 0; i < factor; i++) {
            y.write((row * factor + i) * fine.length, fine, fine.length);
          }
        });
  }

  void upsampleBackward(Tensor dy, int factor, Tensor dx) {
    int c = dx.shape().channels();
    int length = dx.shape().dim(2) * c;
    forEachRow(
        dx.shape(),
        row -> {
          float[] coarse = new float[length];
          float[] fine = new float[length * factor];
          for (int i = 0; i < factor; i++) {
            dy.read((row * factor + i) * fine.length, fine, fine.length);
            sumBlocks(fine, coarse, factor, c);
          }
          dx.write(row * length, coarse, length);
        });
  }

  private static void sumBlocks(float[] fine, float[] coarse, int factor, int c) {
    for (int i = 0; i < fine.length; i += c) {
      int target = i / c / factor * c;
      for (int k = 0; k < c; k++) {
        coarse[target + k] += fine[i + k];
      }
    }
  }

  void depthToSpace(Tensor x, int factor, Tensor y) {
    int run = factor * y.shape().channels();
    int length = x.shape().dim(2) * x.shape().channels();
    forEachRow(
        x.shape(),
        row -> {
          float[] coarse = new float[length];
          float[] fine = new float[length / factor];
          x.read(row * length, coarse, length);
          for (int i = 0; i < factor; i++) {
            for (int at = 0; at < fine.length; at += run) {
              System.arraycopy(coarse, at * factor + i * run, fine, at, run);
            }
            y.write((row * factor + i) * fine.length, fine, fine.length);
          }
        });
  }

  void spaceToDepth(Tensor x, int factor, Tensor y) {
    int run = factor * x.shape().channels();
    int length = y.shape().dim(2) * y.shape().channels();
    forEachRow(
        y.shape(),
        row -> {
          float[] coarse = new float[length];
          float[] fine = new float[length / factor];
          for (int i = 0; i < factor; i++) {
            x.read((row * factor + i) * fine.length, fine, fine.length);
            for (int at = 0; at < fine.length; at += run) {
              System.arraycopy(fine, at, coarse, at * factor + i * run, run);
            }
          }
          y.write(row * length, coarse, length);
        });
  }

  /** Every {@code stride}th pixel of every {@code stride}th row. */
  void subsample(Tensor x, int stride, Tensor y) {
    int c = x.shape().channels();
    int length = x.shape().dim(2) * c;
    forEachRow(
        y.shape(),
        row -> {
          float[] fine = new float[length];
          float[] coarse = new float[y.shape().dim(2) * c];
          x.read(fineRow(row, x, stride, y) * length, fine, length);
          for (int i = 0; i < coarse.length; i += c) {
            System.arraycopy(fine, i * stride, coarse, i, c);
          }
          y.write(row * coarse.length, coarse, coarse.length);
        });
  }

  /** The gradient of {@link #subsample}: 0 for pixels that were skipped. */
  void subsampleBackward(Tensor dy, int stride, Tensor dx) {
    int c = dx.shape().channels();
    int length = dx.shape().dim(2) * c;
    dx.fill(0);
    forEachRow(
        dy.shape(),
        row -> {
          float[] fine = new float[length];
          float[] coarse = new float[dy.shape().dim(2) * c];
          dy.read(row * coarse.length, coarse, coarse.length);
          for (int i = 0; i < coarse.length; i += c) {
            System.arraycopy(coarse, i, fine, i * stride, c);
          }
          dx.write(fineRow(row, dx, stride, dy) * length, fine, length);
        });
  }

  /** The row of the fine image that belongs to a row of the coarse one, counted through. */
  private static int fineRow(int row, Tensor fine, int stride, Tensor coarse) {
    int rows = coarse.shape().dim(1);
    return row / rows * fine.shape().dim(1) + row % rows * stride;
  }

  private interface Row {
    void run(int row);
  }

  /** Rows of all images, counted through. */
  private void forEachRow(Shape coarse, Row body) {
    parallel.run(
        coarse.dim(0) * coarse.dim(1),
        (worker, from, to) -> {
          for (int row = from; row < to; row++) {
            body.run(row);
          }
        });
  }
}

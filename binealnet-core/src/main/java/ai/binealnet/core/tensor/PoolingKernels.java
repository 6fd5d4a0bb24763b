package ai.binealnet.core.tensor;

import ai.binealnet.core.graph.ConvGeometry;
import java.util.Arrays;

/** The pooling loops of {@link CpuKernels}; one output row (or one image) at a time. */
final class PoolingKernels {
  private final Parallel parallel;

  PoolingKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  void averagePool(Tensor x, int size, Tensor y) {
    Shape in = x.shape();
    Shape out = y.shape();
    int c = in.channels();
    int rowLength = in.dim(2) * c;
    float factor = 1f / (size * size);
    forEachOutputRow(
        out,
        (n, oy) -> {
          float[] row = new float[rowLength];
          float[] sum = new float[out.dim(2) * c];
          for (int dy = 0; dy < size; dy++) {
            x.read(((n * in.dim(1) + oy * size + dy) * in.dim(2)) * c, row, rowLength);
            for (int ox = 0; ox < out.dim(2); ox++) {
              for (int dx = 0; dx < size; dx++) {
                for (int k = 0; k < c; k++) {
                  sum[ox * c + k] += row[(ox * size + dx) * c + k];
                }
              }
            }
          }
          for (int i = 0; i < sum.length; i++) {
            sum[i] *= factor;
          }
          y.write(((n * out.dim(1) + oy) * out.dim(2)) * c, sum, sum.length);
        });
  }

  void averagePoolBackward(Tensor dy, int size, Tensor dx) {
    Shape in = dx.shape();
    Shape out = dy.shape();
    int c = in.channels();
    float factor = 1f / (size * size);
    if (in.dim(1) != out.dim(1) * size || in.dim(2) != out.dim(2) * size) {
      dx.fill(0); // a rest of rows or columns has no window
    }
    forEachOutputRow(
        out,
        (n, oy) -> {
          float[] gradient = new float[out.dim(2) * c];
          dy.read(((n * out.dim(1) + oy) * out.dim(2)) * c, gradient, gradient.length);
          float[] row = new float[in.dim(2) * c];
          for (int ox = 0; ox < out.dim(2); ox++) {
            for (int s = 0; s < size; s++) {
              for (int k = 0; k < c; k++) {
                row[(ox * size + s) * c + k] = gradient[ox * c + k] * factor;
              }
            }
          }
          for (int s = 0; s < size; s++) {
            dx.write(((n * in.dim(1) + oy * size + s) * in.dim(2)) * c, row, row.length);
          }
        });
  }

  void maxPool(Tensor x, ConvGeometry geometry, Tensor y) {
    Shape in = x.shape();
    Shape out = y.shape();
    int c = in.channels();
    forEachOutputRow(
        out,
        (n, oy) -> {
          float[] best = new float[out.dim(2) * c];
          Arrays.fill(best, Float.NEGATIVE_INFINITY);
          float[] row = new float[in.dim(2) * c];
          for (int ky = 0; ky < geometry.kernelHeight(); ky++) {
            int iy = oy * geometry.stride() - geometry.padding() + ky;
            if (iy >= 0 && iy < in.dim(1)) {
              x.read(((n * in.dim(1) + iy) * in.dim(2)) * c, row, row.length);
              maxRow(row, best, in.dim(2), out.dim(2), c, geometry);
            }
          }
          y.write(((n * out.dim(1) + oy) * out.dim(2)) * c, best, best.length);
        });
  }

  private static void maxRow(
      float[] row, float[] best, int width, int outWidth, int c, ConvGeometry geometry) {
    for (int ox = 0; ox < outWidth; ox++) {
      for (int kx = 0; kx < geometry.kernelWidth(); kx++) {
        int ix = ox * geometry.stride() - geometry.padding() + kx;
        if (ix >= 0 && ix < width) {
          for (int k = 0; k < c; k++) {
            best[ox * c + k] = Math.max(best[ox * c + k], row[ix * c + k]);
          }
        }
      }
    }
  }

  /** One image at a time, because windows of neighbouring rows overlap. */
  void maxPoolBackward(Tensor x, ConvGeometry geometry, Tensor dy, Tensor dx) {
    Shape in = x.shape();
    Shape out = dy.shape();
    int imageSize = in.dim(1) * in.dim(2) * in.channels();
    int outSize = out.dim(1) * out.dim(2) * out.channels();
    parallel.run(
        in.dim(0),
        (worker, from, to) -> {
          float[] image = new float[imageSize];
          float[] gradient = new float[outSize];
          for (int n = from; n < to; n++) {
            x.read(n * imageSize, image, imageSize);
            dy.read(n * outSize, gradient, outSize);
            dx.write(n * imageSize, scatter(image, gradient, in, out, geometry), imageSize);
          }
        });
  }

  /**
   * Adds each window's gradient to its first maximum; loops over channels only, without a branch.
   */
  private static float[] scatter(
      float[] image, float[] gradient, Shape in, Shape out, ConvGeometry geometry) {
    int c = in.channels();
    float[] result = new float[image.length];
    float[] best = new float[c];
    float[] unclaimed = new float[c];
    for (int o = 0; o < gradient.length; o += c) {
      int[] window = window(in, out, o / c, geometry);
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      Arrays.fill(unclaimed, 1);
      for (int at : window) {
        for (int k = 0; k < c; k++) {
          best[k] = Math.max(best[k], image[at + k]);
        }
      }
      for (int at : window) {
        for (int k = 0; k < c; k++) {
          float winner = unclaimed[k] * Lanes.isZero(image[at + k] - best[k]);
          result[at + k] += winner * gradient[o + k];
          unclaimed[k] -= winner;
        }
      }
    }
    return result;
  }

  /** Where the pixels of output pixel {@code o}'s window start in an image, row-major. */
  private static int[] window(Shape in, Shape out, int o, ConvGeometry geometry) {
    int top = o / out.dim(2) * geometry.stride() - geometry.padding();
    int left = o % out.dim(2) * geometry.stride() - geometry.padding();
    int firstRow = Math.max(0, top);
    int firstColumn = Math.max(0, left);
    int rows = Math.min(in.dim(1), top + geometry.kernelHeight()) - firstRow;
    int columns = Math.min(in.dim(2), left + geometry.kernelWidth()) - firstColumn;
    int[] window = new int[rows * columns];
    for (int i = 0; i < window.length; i++) {
      int pixel = (firstRow + i / columns) * in.dim(2) + firstColumn + i % columns;
      window[i] = pixel * in.channels();
    }
    return window;
  }

  void globalPool(Tensor x, float factor, Tensor y) {
    int c = x.shape().channels();
    int imageSize = x.size() / x.shape().dim(0);
    parallel.run(
        x.shape().dim(0),
        (worker, from, to) -> {
          float[] image = new float[imageSize];
          for (int n = from; n < to; n++) {
            x.read(n * imageSize, image, imageSize);
            float[] sum = new float[c];
            for (int i = 0; i < imageSize; i += c) {
              for (int k = 0; k < c; k++) {
                sum[k] += image[i + k];
              }
            }
            for (int k = 0; k < c; k++) {
              sum[k] *= factor;
            }
            y.write(n * c, sum, c);
          }
        });
  }

  void globalPoolBackward(Tensor dy, float factor, Tensor dx) {
    int c = dx.shape().channels();
    int imageSize = dx.size() / dx.shape().dim(0);
    parallel.run(
        dx.shape().dim(0),
        (worker, from, to) -> {
          float[] image = new float[imageSize];
          float[] gradient = new float[c];
          for (int n = from; n < to; n++) {
            dy.read(n * c, gradient, c);
            for (int i = 0; i < imageSize; i++) {
              image[i] = gradient[i % c] * factor;
            }
            dx.write(n * imageSize, image, imageSize);
          }
        });
  }

  private interface OutputRow {
    void run(int n, int oy);
  }

  private void forEachOutputRow(Shape out, OutputRow body) {
    parallel.run(
        out.dim(0) * out.dim(1),
        (worker, from, to) -> {
          for (int row = from; row < to; row++) {
            body.run(row / out.dim(1), row % out.dim(1));
          }
        });
  }
}

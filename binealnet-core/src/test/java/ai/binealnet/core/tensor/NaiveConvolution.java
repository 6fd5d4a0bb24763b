package ai.binealnet.core.tensor;

import ai.binealnet.core.graph.ConvGeometry;

/** Convolution as its defining sum, in double precision: what the kernels are held against. */
final class NaiveConvolution {
  /** One product of the sum; {@code x} is -1 for a padding pixel. */
  private interface Term {
    void at(int x, int w, int y);
  }

  private final Shape x;
  private final Shape w;
  private final ConvGeometry geometry;
  private final int padding;

  NaiveConvolution(Shape x, Shape w, ConvGeometry geometry, int padding) {
    this.x = x;
    this.w = w;
    this.geometry = geometry;
    this.padding = padding;
  }

  Shape output() {
    return Shape.of(
        x.dim(0), geometry.outputHeight(x.dim(1)), geometry.outputWidth(x.dim(2)), w.dim(3));
  }

  float[] forward(float[] input, float[] weights) {
    double[] sum = new double[output().size()];
    forEachTerm((xi, wi, yi) -> sum[yi] += weights[wi] * (xi < 0 ? padding : input[xi]));
    return toFloat(sum);
  }

  float[] backwardData(float[] dy, float[] weights) {
    double[] sum = new double[x.size()];
    forEachTerm(
        (xi, wi, yi) -> {
          if (xi >= 0) {
            sum[xi] += (double) dy[yi] * weights[wi];
          }
        });
    return toFloat(sum);
  }

  float[] backwardWeights(float[] input, float[] dy) {
    double[] sum = new double[w.size()];
    forEachTerm((xi, wi, yi) -> sum[wi] += (double) dy[yi] * (xi < 0 ? padding : input[xi]));
    return toFloat(sum);
  }

  private void forEachTerm(Term term) {
    Shape y = output();
    for (int pixel = 0; pixel < y.rows(); pixel++) {
      int n = pixel / (y.dim(1) * y.dim(2));
      int oy = pixel / y.dim(2) % y.dim(1);
      int ox = pixel % y.dim(2);
      for (int tap = 0; tap < geometry.taps(); tap++) {
        int iy = coordinate(oy, tap / geometry.kernelWidth());
        int ix = coordinate(ox, tap % geometry.kernelWidth());
        boolean inside = iy >= 0 && iy < x.dim(1) && ix >= 0 && ix < x.dim(2);
        int from = inside ? ((n * x.dim(1) + iy) * x.dim(2) + ix) * x.dim(3) : -1;
        forEachChannelPair(term, from, tap, pixel);
      }
    }
  }

  private void forEachChannelPair(Term term, int from, int tap, int pixel) {
    for (int i = 0; i < w.dim(2); i++) {
      for (int o = 0; o < w.dim(3); o++) {
        term.at(
            from < 0 ? -1 : from + i, (tap * w.dim(2) + i) * w.dim(3) + o, pixel * w.dim(3) + o);
      }
    }
  }

  private int coordinate(int output, int tap) {
    return output * geometry.stride() - geometry.padding() + tap * geometry.dilation();
  }

  private static float[] toFloat(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}

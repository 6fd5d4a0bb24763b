package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.graph.ConvGeometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingKernelsTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  private static int at(Shape shape, int n, int y, int x, int c) {
    return ((n * shape.dim(1) + y) * shape.dim(2) + x) * shape.dim(3) + c;
  }

  @ParameterizedTest
  @CsvSource({"1,4,6,3,2", "2,5,7,8,2", "3,6,6,1,3", "1,7,9,24,3", "2,3,3,40,1", "1,8,8,5,8"})
  void shouldAverageWindows(int n, int h, int w, int c, int size) {
    long seed = h * 31L + w;
    RandomTensors random = new RandomTensors(seed);
    Shape in = Shape.of(n, h, w, c);
    Shape out = Shape.of(n, h / size, w / size, c);
    Tensor x = random.uniform(in, -1, 1);
    Tensor dy = random.uniform(out, -1, 1);
    float[] y = new float[out.size()];
    float[] dx = new float[in.size()];
    for (int i = 0; i < in.size(); i++) {
      int oy = i / c / w % h / size;
      int ox = i / c % w / size;
      if (oy < out.dim(1) && ox < out.dim(2)) {
        int o = at(out, i / (h * w * c), oy, ox, i % c);
        y[o] += x.get(i) / (size * size);
        dx[i] = dy.get(o) / (size * size);
      }
    }
    Tensor actualY = RandomTensors.garbage(out);
    Tensor actualDx = RandomTensors.garbage(in);

    KERNELS.averagePool(x, size, actualY);
    KERNELS.averagePoolBackward(dy, size, actualDx);

    assertThat(actualY.toArray()).as("seed %s", seed).containsExactly(y, within(1e-6f));
    assertThat(actualDx.toArray()).as("seed %s", seed).containsExactly(dx, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "1,6,6,3,2,2,0",
    "2,7,9,8,3,2,1",
    "3,5,5,1,3,1,1",
    "1,8,7,24,2,2,0",
    "2,9,9,40,5,2,2",
    "1,4,4,2,3,3,1"
  })
  void shouldTakeTheMaximumOfWindows(
      int n, int h, int w, int c, int kernel, int stride, int padding) {
    long seed = h * 31L + w;
    RandomTensors random = new RandomTensors(seed);
    ConvGeometry geometry = new ConvGeometry(kernel, kernel, stride, padding, 1);
    Shape in = Shape.of(n, h, w, c);
    Shape out = Shape.of(n, geometry.outputHeight(h), geometry.outputWidth(w), c);
    Tensor x = random.integers(in, -6, -2); // many equal ones, and all below a padding of 0
    Tensor dy = random.integers(out, -3, 3);
    float[] y = new float[out.size()];
    float[] dx = new float[in.size()];
    for (int o = 0; o < out.size(); o++) {
      int winner = firstMaximum(x, o, out, geometry);
      y[o] = x.get(winner);
      dx[winner] += dy.get(o);
    }
    Tensor actualY = RandomTensors.garbage(out);
    Tensor actualDx = RandomTensors.garbage(in);

    KERNELS.maxPool(x, geometry, actualY);
    KERNELS.maxPoolBackward(x, geometry, dy, actualDx);

    assertThat(actualY.toArray()).as("seed %s", seed).isEqualTo(y);
    assertThat(actualDx.toArray()).as("seed %s", seed).containsExactly(dx, within(0f));
  }

  private static int firstMaximum(Tensor x, int o, Shape out, ConvGeometry geometry) {
    Shape in = x.shape();
    int c = out.dim(3);
    int best = -1;
    for (int tap = 0; tap < geometry.taps(); tap++) {
      int iy =
          o / c / out.dim(2) % out.dim(1) * geometry.stride()
              - geometry.padding()
              + tap / geometry.kernelWidth();
      int ix =
          o / c % out.dim(2) * geometry.stride()
              - geometry.padding()
              + tap % geometry.kernelWidth();
      if (iy >= 0 && iy < in.dim(1) && ix >= 0 && ix < in.dim(2)) {
        int i = at(in, o / (c * out.dim(1) * out.dim(2)), iy, ix, o % c);
        best = best < 0 || x.get(i) > x.get(best) ? i : best;
      }
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource({"1,4,4,3,0.0625", "3,5,7,8,0.015625", "2,1,1,40,1", "5,9,3,24,0.25"})
  void shouldPoolGlobally(int n, int h, int w, int c, float factor) {
    long seed = n * 31L + h;
    RandomTensors random = new RandomTensors(seed);
    Tensor x = random.integers(Shape.of(n, h, w, c), -128, 127);
    Tensor dy = random.uniform(Shape.of(n, c), -1, 1);
    float[] y = new float[n * c];
    float[] dx = new float[x.size()];
    for (int i = 0; i < x.size(); i++) {
      int o = i / (h * w * c) * c + i % c;
      y[o] += x.get(i) * factor; // exact: integers times a power of two
      dx[i] = dy.get(o) * factor;
    }
    Tensor actualY = RandomTensors.garbage(dy.shape());
    Tensor actualDx = RandomTensors.garbage(x.shape());

    KERNELS.globalPool(x, factor, actualY);
    KERNELS.globalPoolBackward(dy, factor, actualDx);

    assertThat(actualY.toArray()).as("seed %s", seed).containsExactly(y, within(0f));
    assertThat(actualDx.toArray()).as("seed %s", seed).containsExactly(dx, within(0f));
  }

  @Test
  void shouldKeepTheMaximumOfNegativeInfinity() {
    Tensor x = Tensor.create(Shape.of(1, 2, 2, 1)).fill(Float.NEGATIVE_INFINITY);
    Tensor y = Tensor.create(Shape.of(1, 1, 1, 1));

    KERNELS.maxPool(x, new ConvGeometry(2, 2, 2, 0, 1), y);

    assertThat(y.get(0)).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}

package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingKernelsTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  private static int at(Shape shape, int n, int y, int x, int c) {
    return ((n * shape.dim(1) + y) * shape.dim(2) + x) * shape.dim(3) + c;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1,1", "2,3,5,7,2", "1,4,1,24,3", "3,1,6,33,4", "2,5,3,2,1"})
  void shouldCopyPixelsToBlocks(int n, int h, int w, int c, int factor) {
    long seed = h * 31L + w;
    RandomTensors random = new RandomTensors(seed);
    Shape coarse = Shape.of(n, h, w, c);
    Shape fine = Shape.of(n, h * factor, w * factor, c);
    Tensor x = random.uniform(coarse, -1, 1);
    Tensor dy = random.integers(fine, -9, 9);
    float[] y = new float[fine.size()];
    float[] dx = new float[coarse.size()];
    for (int i = 0; i < y.length; i++) {
      int row = i / c / fine.dim(2) % fine.dim(1);
      int column = i / c % fine.dim(2);
      int from = at(coarse, i / (fine.size() / n), row / factor, column / factor, i % c);
      y[i] = x.get(from);
      dx[from] += dy.get(i);
    }
    Tensor actualY = RandomTensors.garbage(fine);
    Tensor actualDx = RandomTensors.garbage(coarse);

    KERNELS.upsample(x, factor, actualY);
    KERNELS.upsampleBackward(dy, factor, actualDx);

    assertThat(actualY.toArray()).as("seed %s", seed).isEqualTo(y);
    assertThat(actualDx.toArray()).as("seed %s", seed).isEqualTo(dx);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1,1", "2,3,5,3,2", "1,4,1,8,3", "3,1,6,5,4", "2,5,3,1,2"})
  void shouldMoveChannelsToPixels(int n, int h, int w, int c, int factor) {
    long seed = h * 37L + w;
    Shape deep = Shape.of(n, h, w, c * factor * factor);
    Shape wide = Shape.of(n, h * factor, w * factor, c);
    Tensor x = new RandomTensors(seed).uniform(deep, -1, 1);
    float[] y = new float[wide.size()];
    for (int i = 0; i < y.length; i++) {
      int row = i / c / wide.dim(2) % wide.dim(1);
      int column = i / c % wide.dim(2);
      int channel = (row % factor * factor + column % factor) * c + i % c;
      y[i] = x.get(at(deep, i / (wide.size() / n), row / factor, column / factor, channel));
    }
    Tensor actual = RandomTensors.garbage(wide);
    Tensor back = RandomTensors.garbage(deep);

    KERNELS.depthToSpace(x, factor, actual);
    KERNELS.spaceToDepth(actual, factor, back);

    assertThat(actual.toArray()).as("seed %s", seed).isEqualTo(y);
    assertThat(back.toArray()).as("seed %s", seed).isEqualTo(x.toArray());
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,3,5,7", "1,40,33,24", "3,1,6,33"})
  void shouldAddUpChannels(int n, int h, int w, int c) {
    long seed = h * 41L + w;
    Tensor x = new RandomTensors(seed).integers(Shape.of(n, h, w, c), -99, 99);
    float[] sums = new float[c];
    for (int i = 0; i < x.size(); i++) {
      sums[i % c] += x.get(i);
    }
    Tensor target = Tensor.create(Shape.of(c)).fill(2);

    KERNELS.channelSums(x, target);

    for (int k = 0; k < c; k++) {
      assertThat(target.get(k)).as("seed %s", seed).isEqualTo(sums[k] + 2);
    }
  }
}

package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearKernelsTest {
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,8,10,2", "5,24,3,2", "2,40,1,3", "7,3,40,3", "1,512,10,2"})
  void shouldMultiplyExactlyOnIntegers(int rows, int in, int out, int threads) {
    long seed = rows * 31L + in;
    RandomTensors random = new RandomTensors(seed);
    Tensor x = random.integers(Shape.of(rows, in), -8, 7);
    Tensor w = random.integers(Shape.of(out, in), -127, 127);
    Tensor bias = random.integers(Shape.of(out), -50, 50);
    Tensor dy = random.integers(Shape.of(rows, out), -5, 5);
    float[] y = new float[rows * out];
    float[] dx = new float[rows * in];
    float[] dw = new float[out * in];
    float[] dbias = new float[out];
    for (int n = 0; n < rows; n++) {
      for (int o = 0; o < out; o++) {
        y[n * out + o] = bias.get(o);
        dbias[o] += dy.get(n * out + o);
        for (int i = 0; i < in; i++) {
          y[n * out + o] += x.get(n * in + i) * w.get(o * in + i);
          dx[n * in + i] += dy.get(n * out + o) * w.get(o * in + i);
          dw[o * in + i] += dy.get(n * out + o) * x.get(n * in + i);
        }
      }
    }
    Tensor actualY = RandomTensors.garbage(dy.shape());
    Tensor actualDx = RandomTensors.garbage(x.shape());
    Tensor actualDw = Tensor.create(w.shape()).fill(2); // the gradients of parameters are added to
    Tensor actualDbias = Tensor.create(bias.shape()).fill(-3);
    Kernels kernels = new CpuKernels(threads);

    kernels.linear(x, w, bias, actualY);
    kernels.linearBackward(x, w, dy, actualDx, actualDw, actualDbias);

    assertThat(actualY.toArray()).as("seed %s", seed).containsExactly(y, within(0f));
    assertThat(actualDx.toArray()).as("seed %s", seed).containsExactly(dx, within(0f));
    for (int i = 0; i < dw.length; i++) {
      assertThat(actualDw.get(i)).as("seed %s", seed).isEqualTo(dw[i] + 2);
    }
    for (int o = 0; o < out; o++) {
      assertThat(actualDbias.get(o)).as("seed %s", seed).isEqualTo(dbias[o] - 3);
    }
  }
}

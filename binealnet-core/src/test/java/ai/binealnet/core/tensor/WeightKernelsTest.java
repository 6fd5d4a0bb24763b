package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightKernelsTest {
  private static final Kernels KERNELS = new CpuKernels(1);

  @Test
  void shouldTakeSignsOfWeights() {
    Tensor w =
        Tensor.of(Shape.of(1, 1, 4, 2), 0, -0f, 1, -1, Float.MIN_VALUE, -Float.MIN_VALUE, 3, -3);
    Tensor plain = RandomTensors.garbage(w.shape());
    Tensor scaled = RandomTensors.garbage(w.shape());

    KERNELS.binarizeWeights(w, null, plain);
    KERNELS.binarizeWeights(w, Tensor.of(Shape.of(2), 0.5f, 2), scaled);

    assertThat(plain.toArray()).containsExactly(1, 1, 1, -1, 1, -1, 1, -1);
    assertThat(scaled.toArray()).containsExactly(0.5f, 2, 0.5f, -2, 0.5f, -2, 0.5f, -2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "3,5", "2,2,3,5"})
  void shouldComputeTheGradientOfTanh(String alphaDims) {
    long seed = alphaDims.length();
    RandomTensors random = new RandomTensors(seed);
    Shape shape = Shape.of(2, 2, 3, 5);
    int[] dims =
        java.util.Arrays.stream(alphaDims.split(",")).mapToInt(Integer::parseInt).toArray();
    Tensor w = random.uniform(shape, -2, 2);
    Tensor alpha = random.uniform(Shape.of(dims), 0.3, 2);
    Tensor dy = random.uniform(shape, -1, 1);
    Tensor dw = Tensor.create(shape).fill(1);
    Tensor dalpha = Tensor.create(alpha.shape()).fill(2);
    float gain = 3;

    KERNELS.binarizeWeightsBackward(w, alpha, gain, dy, dw, dalpha);

    double[] alphaSum = new double[alpha.size()];
    for (int i = 0; i < w.size(); i++) {
      double a = alpha.get(i % alpha.size());
      double t = Math.tanh(a * w.get(i));
      double e = gain * dy.get(i) * (1 - t * t);
      alphaSum[i % alpha.size()] += e * w.get(i);
      assertThat(dw.get(i) - 1.0).as("seed %s", seed).isCloseTo(e * a, within(2e-3));
    }
    for (int i = 0; i < alphaSum.length; i++) {
      assertThat(dalpha.get(i) - 2.0).as("seed %s", seed).isCloseTo(alphaSum[i], within(5e-3));
    }
  }

  @Test
  void shouldLeaveAFixedAlphaAlone() {
    Shape shape = Shape.of(1, 1, 1, 1);
    Tensor dw = Tensor.of(shape, 0);

    KERNELS.binarizeWeightsBackward(
        Tensor.of(shape, 0), Tensor.of(Shape.of(1), 2), 1, Tensor.of(shape, 3), dw, null);

    assertThat(dw.get(0)).isEqualTo(6);
  }

  @Test
  void shouldApproximateTanh() {
    for (float x = -12; x <= 12; x += 0.001f) {
      assertThat((double) WeightKernels.tanh(x))
          .as("x = %s", x)
          .isCloseTo(Math.tanh(x), within(1.01e-4));
      assertThat(Math.abs(WeightKernels.tanh(x))).as("x = %s", x).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0,1000", "3,1", "3,0.0001", "3,100000"})
  void shouldQuantizeWeightsToTheFinestPowerOfTwo(int outputAxis, float range) {
    long seed = outputAxis + 1;
    RandomTensors random = new RandomTensors(seed);
    Tensor w = random.uniform(Shape.of(6, 3, 5, 6), -range, range);
    int inner = outputAxis == 0 ? 90 : 1;
    for (int i = 0; i < w.size(); i++) { // channels of very different magnitude
      w.set(i, Math.scalb(w.get(i), -3 * (i / inner % 6)));
    }
    Tensor y = RandomTensors.garbage(w.shape());

    KERNELS.quantizeWeights(w, outputAxis, y);

    for (int o = 0; o < 6; o++) {
      float max = 0;
      for (int i = 0; i < w.size(); i++) {
        max = i / inner % 6 == o ? Math.max(max, Math.abs(w.get(i))) : max;
      }
      float scale = finestScale(max);
      for (int i = 0; i < w.size(); i++) {
        if (i / inner % 6 == o) {
          double level = Math.rint((double) w.get(i) / scale);
          assertThat(Math.abs(level)).isLessThanOrEqualTo(127);
          assertThat((double) y.get(i))
              .as("seed %s, w = %s", seed, w.get(i))
              .isEqualTo(level * scale + 0.0);
        }
      }
    }
  }

  /** By trying: the smallest power of two with which {@code max} needs no level above 127. */
  private static float finestScale(float max) {
    float scale = 0x1p60f;
    while (Math.rint(max / (scale / 2)) <= 127) {
      scale /= 2;
    }
    return scale;
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 127, 127.49f, 127.5f, 128, 126.5f, 0.9999999f, 254, 255})
  void shouldUseAllLevelsButNoMore(float max) {
    Tensor w = Tensor.of(Shape.of(1, 1, 2, 1), max, -max / 3);
    Tensor y = Tensor.create(w.shape());

    KERNELS.quantizeWeights(w, 3, y);

    float scale = finestScale(max);
    assertThat(y.toArray())
        .containsExactly(
            (float) Math.rint(max / scale) * scale, (float) Math.rint(-max / 3 / scale) * scale);
  }

  @Test
  void shouldKeepAChannelOfZeros() {
    Tensor w = Tensor.of(Shape.of(2, 2), 0, -0f, 1, 2);

    KERNELS.quantizeWeights(w, 0, w);

    assertThat(w.toArray()).containsExactly(0, 0, 1, 2);
  }
}

package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinarizeKernelsTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  /** The three operands of a binarizer. */
  private record Operands(Tensor b0, Tensor tau, Tensor b1) {
    static Operands of(float b0, float tau, float b1) {
      Shape one = Shape.of(1);
      return new Operands(Tensor.of(one, b0), Tensor.of(one, tau), Tensor.of(one, b1));
    }

    /** Random ones; every fifth slope is 0. */
    static Operands random(RandomTensors random, int channels) {
      Shape shape = Shape.of(channels);
      Tensor tau = random.uniform(shape, 0, 1.5);
      for (int c = 0; c < channels; c += 5) {
        tau.set(c, 0);
      }
      return new Operands(random.uniform(shape, -0.5, 0.5), tau, random.uniform(shape, -0.5, 0.5));
    }

    float u(Tensor x, int i) {
      return x.get(i) + b0.get(i % b0.size());
    }

    float w(Tensor x, int i) {
      float u = u(x, i);
      float v = u >= 0 ? u : u * tau.get(i % b0.size());
      return v + b1.get(i % b0.size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,0",
    "0,0,0",
    "0.5,1,-0.5",
    "-0.5,0.25,0.5",
    "0.25,0,0.5",
    "0.25,0,-0.5",
    "0,0.5,-0.125",
    "-0.5,2,1",
    "-0.0,1,-0.0",
    "0,0,-0.0"
  })
  void shouldBinarizeSpecialValues(float b0, float tau, float b1) {
    float[] values = {
      0,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      1e-40f,
      -1e-40f,
      Float.MIN_NORMAL,
      -Float.MIN_NORMAL,
      0.5f,
      -0.5f,
      0.25f,
      -0.25f,
      Math.nextUp(0.5f),
      Math.nextDown(-0.5f),
      Math.nextUp(-0.5f),
      1,
      -1,
      1e30f,
      -1e30f
    };
    Operands p = Operands.of(b0, tau, b1);
    Tensor x = Tensor.of(Shape.of(values.length, 1), values);
    Tensor y = RandomTensors.garbage(x.shape());

    KERNELS.binarize(x, p.b0, p.tau, p.b1, y);

    for (int i = 0; i < values.length; i++) {
      assertThat(y.get(i)).as("x = %s", values[i]).isEqualTo(p.w(x, i) >= 0 ? 1f : -1f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 24, 40, 1600})
  void shouldBinarizeAnyNumberOfChannels(int channels) {
    RandomTensors random = new RandomTensors(channels);
    Operands p = Operands.random(random, channels);
    Tensor x = random.uniform(Shape.of(2, 5, 7, channels), -2, 2);
    Tensor y = RandomTensors.garbage(x.shape());
    float[] expected = new float[x.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = p.w(x, i) >= 0 ? 1 : -1;
    }

    KERNELS.binarize(x, p.b0, p.tau, p.b1, y);

    assertThat(y.toArray()).as("seed %s", channels).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldRefuseWhatIsNotFinite(float value) {
    RandomTensors random = new RandomTensors(1);
    Operands p = Operands.random(random, 3);
    for (int at : new int[] {0, 4, 1500, 2999}) {
      Tensor x = random.uniform(Shape.of(1000, 3), -1, 1);
      x.set(at, value);

      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> KERNELS.binarize(x, p.b0, p.tau, p.b1, x))
          .withMessageContaining("channel " + at % 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 24, 40, 1600})
  void shouldComputeTheSurrogateGradientByItsClosedForm(int channels) {
    RandomTensors random = new RandomTensors(channels);
    Operands p = Operands.random(random, channels);
    Tensor x = random.uniform(Shape.of(2, 5, 7, channels), -2, 2);
    Tensor dy = random.uniform(x.shape(), -1, 1);
    float[] dx = new float[x.size()];
    double[][] sums = new double[3][channels];
    for (int i = 0; i < dx.length; i++) {
      int c = i % channels;
      double d = dy.get(i) * Math.max(0, 2 - 2 * Math.abs((double) p.w(x, i)));
      boolean negative = p.u(x, i) < 0;
      dx[i] = (float) (negative ? d * p.tau.get(c) : d);
      sums[0][c] += dx[i];
      sums[1][c] += negative ? d * p.u(x, i) : 0;
      sums[2][c] += d;
    }
    Tensor[] actual = new Tensor[3];
    for (int k = 0; k < 3; k++) {
      actual[k] = Tensor.create(Shape.of(channels)).fill(k + 1);
    }

    Tensor sum = Tensor.create(x.shape()).fill(1);
    Tensor ignored = Tensor.create(Shape.of(channels)).fill(0);

    KERNELS.binarizeBackward(x, p.b0, p.tau, p.b1, dy, sum, true, ignored, ignored, ignored);
    KERNELS.binarizeBackward(x, p.b0, p.tau, p.b1, dy, dy, false, actual[0], actual[1], actual[2]);

    assertThat(dy.toArray()).as("dx, seed %s", channels).containsExactly(dx, within(2e-6f));
    for (int i = 0; i < dx.length; i++) {
      dx[i] += 1;
    }
    assertThat(sum.toArray()).as("dx + 1, seed %s", channels).containsExactly(dx, within(2e-6f));
    for (int k = 0; k < 3; k++) {
      for (int c = 0; c < channels; c++) {
        assertThat(actual[k].get(c) - k - 1.0)
            .as("sum %s of channel %s, seed %s", k, c, channels)
            .isCloseTo(sums[k][c], within(5e-5));
      }
    }
  }

  @Test
  void shouldGiveNoGradientOutsideTheWindow() {
    float[] values = {1, -1, Math.nextUp(1f), 1.5f, -1.5f, 1000, -1000, 1e30f, -1e30f};
    Tensor x = Tensor.of(Shape.of(values.length, 1), values);
    Operands p = Operands.of(0, 1, 0);
    Tensor dy = Tensor.create(x.shape()).fill(3);
    Tensor sum = Tensor.create(Shape.of(1)).fill(0);

    KERNELS.binarizeBackward(x, p.b0, p.tau, p.b1, dy, dy, false, sum, sum, sum);

    assertThat(dy.toArray()).containsOnly(0);
    assertThat(sum.get(0)).isZero();
  }
}

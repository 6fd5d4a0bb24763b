package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizeKernelsTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  @Test
  void shouldRoundHalfToEvenAndClip() {
    float[] x = {
      0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 6.5f, 7.4f, 7.5f, 100, -8.5f, -8.4f, -9, -1e30f, 1e30f
    };
    float[] y = {0, 2, 2, 0, -2, -2, 6, 7, 7, 7, -8, -8, -8, -8, 7};
    Tensor tensor = Tensor.of(Shape.of(x.length), x);

    KERNELS.quantize(tensor, 1, -8, 7, tensor);

    assertThat(tensor.toArray()).containsExactly(y, within(0f));
  }

  @ParameterizedTest
  @CsvSource({
    "0.00390625,-128,127,1",
    "0.0625,-128,127,2",
    "0.5,-8,7,3",
    "2,-8,7,4",
    "1,-128,127,5"
  })
  void shouldQuantizeToMultiplesOfTheScale(float scale, int min, int max, long seed) {
    Tensor x =
        new RandomTensors(seed)
            .uniform(Shape.of(3, 7, 11, 9), 1.3 * min * scale, 1.3 * max * scale);
    Tensor y = RandomTensors.garbage(x.shape());

    KERNELS.quantize(x, scale, min, max, y);

    for (int i = 0; i < x.size(); i++) {
      double level = Math.max(min, Math.min(max, Math.rint(x.get(i) / scale)));
      assertThat((double) y.get(i))
          .as("seed %s, x = %s", seed, x.get(i))
          .isEqualTo(level * scale + 0.0);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0625,-128,127,6", "0.5,-8,7,7", "2,-8,7,8"})
  void shouldPassGradientsStraightThroughInsideTheRange(float scale, int min, int max, long seed) {
    RandomTensors random = new RandomTensors(seed);
    Tensor x = random.uniform(Shape.of(2, 9, 7, 5), 1.3 * min * scale, 1.3 * max * scale);
    x.set(0, min * scale); // the ends belong to the range
    x.set(1, max * scale);
    x.set(2, Math.nextUp(max * scale));
    Tensor dy = random.uniform(x.shape(), -1, 1);
    float[] expected = new float[x.size()];
    double dscale = 0;
    for (int i = 0; i < x.size(); i++) {
      double t = (double) x.get(i) / scale;
      boolean inside = t >= min && t <= max;
      expected[i] = inside ? dy.get(i) : 0;
      dscale += dy.get(i) * (inside ? Math.rint(t) - t : Math.max(min, Math.min(max, t)));
    }

    double actual = KERNELS.quantizeBackward(x, scale, min, max, dy, dy);

    assertThat(dy.toArray()).as("seed %s", seed).containsExactly(expected, within(0f));
    assertThat(actual).as("seed %s", seed).isCloseTo(dscale, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"1,9", "3,10", "8,11", "24,12", "40,13", "1600,14"})
  void shouldFusePreluAndQuantizerWithoutChangingABit(int channels, long seed) {
    float scale = 0.0625f;
    RandomTensors random = new RandomTensors(seed);
    Shape shape = Shape.of(2, 5, 7, channels);
    Tensor x = random.uniform(shape, -20, 10);
    Tensor slope = random.uniform(Shape.of(channels), 0, 1);
    Tensor activated = Tensor.create(shape);
    Tensor expected = Tensor.create(shape);
    KERNELS.prelu(x, slope, activated);
    KERNELS.quantize(activated, scale, -128, 127, expected);
    Tensor y = RandomTensors.garbage(shape);

    KERNELS.preluQuantize(x, slope, scale, -128, 127, y);

    assertThat(y.toArray()).as("seed %s", seed).isEqualTo(expected.toArray());

    Tensor dy = random.uniform(shape, -1, 1);
    Tensor expectedDx = Tensor.create(shape);
    Tensor expectedSlope = Tensor.create(slope.shape()).fill(2);
    double expectedScale = KERNELS.quantizeBackward(activated, scale, -128, 127, dy, expectedDx);
    KERNELS.preluBackward(x, slope, expectedDx, expectedDx, expectedSlope);
    Tensor dslope = Tensor.create(slope.shape()).fill(2);

    double dscale = KERNELS.preluQuantizeBackward(x, slope, scale, -128, 127, dy, dy, dslope);

    assertThat(dy.toArray()).as("dx, seed %s", seed).isEqualTo(expectedDx.toArray());
    assertThat(dslope.toArray())
        .as("dslope, seed %s", seed)
        .containsExactly(expectedSlope.toArray(), within(1e-4f));
    assertThat(dscale).as("dscale, seed %s", seed).isCloseTo(expectedScale, within(1e-2));
  }
}

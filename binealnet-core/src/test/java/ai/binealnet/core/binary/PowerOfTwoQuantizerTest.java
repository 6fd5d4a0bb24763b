package ai.binealnet.core.binary;

import static ai.binealnet.core.autograd.GradientCheck.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerOfTwoQuantizerTest {
  @ParameterizedTest
  @CsvSource({"-1,0.5", "-0.6,0.5", "-0.4,1", "0.5,1", "1.5,4", "-4,0.0625", "-4.49,0.0625"})
  void shouldRoundTheScaleToAPowerOfTwo(float exponent, float scale) {
    assertThat(PowerOfTwoQuantizer.scale(parameter("s", Tensor.of(Shape.of(1), exponent))))
        .isEqualTo(scale);
  }

  @ParameterizedTest
  @CsvSource({"1,-1,-8,7", "2,-4.3,-128,127", "3,0.2,-8,7"})
  void shouldPassGradientsStraightThroughAndLearnTheScaleAsLsqDoes(
      long seed, float exponent, int min, int max) {
    RandomTensors random = new RandomTensors(seed);
    Parameter log2Scale = parameter("s", Tensor.of(Shape.of(1), exponent));
    double scale = Math.pow(2, Math.rint(exponent));
    Shape shape = Shape.of(3, 4, 5, 2);
    Parameter x = parameter("x", random.uniform(shape, 1.4 * min * scale, 1.4 * max * scale));
    Tensor dy = random.uniform(shape, -1, 1);
    double dscale = 0;
    float[] dx = dy.toArray();
    float[] expected = new float[dx.length];
    for (int i = 0; i < dx.length; i++) {
      double t = x.value().get(i) / scale;
      boolean inside = t >= min && t <= max;
      expected[i] = (float) (Math.max(min, Math.min(max, Math.rint(t))) * scale);
      dscale += dx[i] * (inside ? Math.rint(t) - t : Math.max(min, Math.min(max, t)));
      dx[i] = inside ? dx[i] : 0;
    }
    double perImage = 4 * 5 * 2;
    double exponentGradient = dscale * scale * Math.log(2) / Math.sqrt(perImage * max);

    try (Tape tape = Tape.training(new CpuKernels(2), new TensorPool())) {
      Variable y = PowerOfTwoQuantizer.quantize(tape, x, log2Scale, min, max);
      assertThat(y.value().toArray()).as("seed %s", seed).containsExactly(expected, within(0f));
      tape.backward(tape.record(tape.allocate(Shape.of(1)), unused -> tape.accumulate(y, dy)));
    }

    assertThat(x.gradient().toArray()).as("seed %s", seed).containsExactly(dx, within(0f));
    assertThat((double) log2Scale.gradient().get(0))
        .as("seed %s", seed)
        .isCloseTo(exponentGradient, within(1e-3));
  }
}

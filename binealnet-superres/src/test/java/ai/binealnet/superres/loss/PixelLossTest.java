package ai.binealnet.superres.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PixelLossTest {
  private static final long SEED = 11;
  private static final Shape SHAPE = Shape.of(2, 3, 4, 3);
  private static final float UNIT = 64;

  private final Parameter x = parameter();
  private final float[] target = values(SEED + 1);

  @Test
  void shouldBeTheMeanAbsoluteDifference() {
    double sum = 0;
    float[] values = x.value().toArray();
    for (int i = 0; i < values.length; i++) {
      sum += Math.abs(values[i] - target[i]);
    }

    assertThat(loss(false)).isCloseTo(sum / values.length / UNIT, within(1e-6));
  }

  @Test
  void shouldHaveTheGradientOfFiniteDifferences() {
    loss(true);
    float[] gradient = x.gradient().toArray();

    for (int i = 0; i < gradient.length; i++) {
      float value = x.value().get(i);
      x.value().set(i, value + 0.5f);
      double after = loss(false);
      x.value().set(i, value - 0.5f);
      double before = loss(false);
      x.value().set(i, value);
      assertThat((double) gradient[i])
          .as("gradient %s, seed %s", i, SEED)
          .isCloseTo(after - before, within(2e-5));
      assertThat(gradient[i]).isNotZero();
    }
  }

  @Test
  void shouldHaveNoGradientWhereNothingIsWrong() {
    x.value().set(target);
    loss(true);

    assertThat(x.gradient().toArray()).containsOnly(0);
  }

  @Test
  void shouldRefuseAnotherNumberOfValues() {
    try (Tape tape = Tape.training(new CpuKernels(1), new TensorPool())) {
      assertThatThrownBy(() -> PixelLoss.l1(tape, x, new float[3], UNIT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 values");
    }
  }

  private double loss(boolean backward) {
    x.gradient().fill(0);
    try (Tape tape = Tape.training(new CpuKernels(1), new TensorPool())) {
      var loss = PixelLoss.l1(tape, x, target, UNIT);
      double value = loss.value().get(0);
      if (backward) {
        tape.backward(loss);
      }
      return value;
    }
  }

  private static Parameter parameter() {
    return new Parameter("x", Parameter.Role.WEIGHT, Tensor.create(SHAPE).set(values(SEED)));
  }

  /** Pixel values of whole tens, so that no difference of half a value meets the kink. */
  private static float[] values(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[SHAPE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(25) * 10 + (seed == SEED ? 3 : 0);
    }
    return values;
  }
}

package ai.binealnet.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Parameter.Role;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private static final int SIZE = 9000; // more than one block, and a rest

  private final Parameter latent =
      new Parameter("w", Role.BINARY_WEIGHT, Tensor.create(Shape.of(SIZE)).fill(1));
  private final Parameter mean = new Parameter("m", Role.STATISTIC, Tensor.of(Shape.of(1), 5));

  @Test
  void shouldFollowItsFormulaForEveryKind() {
    WeightAverage average = new WeightAverage(List.of(latent, mean), 0.3);
    double w = 1;
    double m = 5;
    for (int step = 0; step < 20; step++) {
      latent.value().fill(step - 7);
      mean.value().fill(step * 0.25f);
      average.update(step);
      double d = Math.min(0.3, (1.0 + step) / (10.0 + step));
      w = d * w + (1 - d) * (step - 7);
      m = d * m + (1 - d) * step * 0.25;
    }
    average.swap();

    for (int i = 0; i < SIZE; i += 100) {
      assertThat((double) latent.value().get(i)).isCloseTo(w, within(1e-5));
    }
    assertThat((double) mean.value().get(0)).isCloseTo(m, within(1e-5));
  }

  @Test
  void shouldForgetTheStartSoonAndThenKeepItsDecay() {
    WeightAverage average = new WeightAverage(List.of(mean), 0.999);
    mean.value().fill(0);
    average.update(0); // keeps a tenth
    average.swap();
    assertThat(mean.value().get(0)).isCloseTo(0.5f, within(1e-6f));

    average.swap();
    average.update(1_000_000);
    average.swap();
    assertThat(mean.value().get(0)).isCloseTo(0.5f * 0.999f, within(1e-6f));
  }

  @Test
  void shouldExchangeAndGiveBackEveryBit() {
    float[] own = new RandomTensors(1).uniform(latent.shape(), -1, 1).toArray();
    WeightAverage average = new WeightAverage(List.of(latent), 0.9);
    latent.value().set(own);
    average.swap();
    assertThat(latent.value().toArray()).containsOnly(1);
    assertThat(average.state().get("w.raw")).isEqualTo(own);

    average.swap();
    assertThat(latent.value().toArray()).isEqualTo(own);
  }

  @Test
  void shouldHoldNothingWhenOff() {
    WeightAverage average = new WeightAverage(List.of(latent), 0);
    latent.value().fill(3);
    average.update(0);
    average.swap();

    assertThat(latent.value().toArray()).containsOnly(3);
    assertThat(average.state()).isEmpty();
  }
}

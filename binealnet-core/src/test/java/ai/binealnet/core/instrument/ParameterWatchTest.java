package ai.binealnet.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ParameterWatchTest {
  private final float[] block = new float[3]; // smaller than the parameter, and no divisor of it

  private static Parameter binary(float... values) {
    return new Parameter(
        "conv.weight", Parameter.Role.BINARY_WEIGHT, Tensor.of(Shape.of(values.length), values));
  }

  @Test
  void shouldCountFlipsSinceTheLastEpoch() {
    Parameter weight = binary(1, -1, 0, 2, -2);
    ParameterWatch watch = new ParameterWatch(weight);

    weight.value().set(-1, -1, -0f, 2, 2);
    assertThat(watch.endEpoch().flipped()).isEqualTo(2);
    weight.value().set(1, -1, 0, 2, 2);
    ParameterWatch.Signs second = watch.endEpoch();
    assertThat(second.flipped()).isEqualTo(1);
    assertThat(second.neverFlipped()).isEqualTo(3);
    assertThat(watch.endEpoch().flipped()).isZero();
  }

  @Test
  void shouldCallDeadWhatNeverFlippedAndHasNoGradient() {
    Parameter weight = binary(1, 1, 1, 1, 1);
    ParameterWatch watch = new ParameterWatch(weight);
    weight.gradient().set(0, 1e-30f, 0, 0, 0);
    watch.lookAtGradient(block);
    weight.gradient().set(0, 0, 0, 0, 3);
    watch.lookAtGradient(block);
    weight.value().set(1, 1, 1, -1, 1); // flipped, by momentum

    ParameterWatch.Signs first = watch.endEpoch();
    assertThat(first.dead()).isEqualTo(2);
    assertThat(first.neverFlipped()).isEqualTo(4);

    weight.gradient().fill(0); // an epoch of its own: gradients of the last one do not count
    watch.lookAtGradient(block);
    assertThat(watch.endEpoch().dead()).isEqualTo(4);
  }

  @Test
  void shouldCallNothingDeadWithoutALook() {
    assertThat(new ParameterWatch(binary(1, 1)).endEpoch().dead()).isZero();
  }

  @Test
  void shouldAverageSquaredNormsOverTheLooks() {
    Parameter weight = binary(1, 1, 1, 1);
    ParameterWatch watch = new ParameterWatch(weight);
    assertThat(watch.meanSquaredNorm()).isNaN();
    weight.gradient().set(1, 2, 3, 4);
    watch.lookAtGradient(block);
    weight.gradient().fill(0);
    watch.lookAtGradient(block);

    assertThat(watch.meanSquaredNorm()).isEqualTo(15);
    watch.endEpoch();
    assertThat(watch.meanSquaredNorm()).isNaN();
  }
}

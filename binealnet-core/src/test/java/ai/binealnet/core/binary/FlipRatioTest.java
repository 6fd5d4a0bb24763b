package ai.binealnet.core.binary;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlipRatioTest {
  @Test
  void shouldCountSignChangesOfBinaryWeightsOnly() {
    Parameter a =
        new Parameter("a", Parameter.Role.BINARY_WEIGHT, Tensor.of(Shape.of(3), 1, -1, 0));
    Parameter b = new Parameter("b", Parameter.Role.BINARY_WEIGHT, Tensor.of(Shape.of(1), 2));
    Parameter real =
        new Parameter("real", Parameter.Role.WEIGHT, Tensor.of(Shape.of(4), 1, 1, 1, 1));
    FlipRatio flips = new FlipRatio(List.of(a, real, b));

    assertThat(flips.next()).isZero();
    a.value().set(5, 0.1f, -0f); // the second one flips; 0 to -0 is no change
    real.value().fill(-1);
    assertThat(flips.next()).isEqualTo(0.25);
    a.value().set(-5, -0.1f, -1);
    b.value().set(-1);
    assertThat(flips.next()).isEqualTo(1);
    assertThat(flips.next()).isZero();
  }

  @Test
  void shouldBeZeroWithoutBinaryWeights() {
    assertThat(new FlipRatio(List.of()).next()).isZero();
  }
}

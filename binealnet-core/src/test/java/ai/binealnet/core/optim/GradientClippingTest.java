package ai.binealnet.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Parameter.Role;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientClippingTest {
  private final Parameter a = new Parameter("a", Role.WEIGHT, Tensor.of(Shape.of(2), 0, 0));
  private final Parameter b = new Parameter("b", Role.NORM, Tensor.of(Shape.of(1), 0));
  private final Parameter statistic =
      new Parameter("mean", Role.STATISTIC, Tensor.of(Shape.of(1), 7));

  private void clip(double maximum) {
    new GradientClipping(List.of(a, b, statistic), maximum).apply();
  }

  private void gradients(float a0, float a1, float b0) {
    a.gradient().set(a0, a1);
    b.gradient().set(b0);
  }

  @Test
  void shouldShortenAllGradientsAsOneVector() {
    gradients(2, -3, 6); // of length 7
    clip(3.5);

    assertThat(a.gradient().toArray()).containsExactly(new float[] {1, -1.5f}, within(1e-6f));
    assertThat(b.gradient().get(0)).isCloseTo(3, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 7, 8, 1e30})
  void shouldLeaveShortGradientsAsTheyAre(double maximum) {
    gradients(2, -3, 6);
    clip(maximum);

    assertThat(a.gradient().toArray()).containsExactly(2, -3);
    assertThat(b.gradient().get(0)).isEqualTo(6);
  }

  @Test
  void shouldSeeEveryElementOfALongParameter() {
    Parameter p = new Parameter("p", Role.WEIGHT, Tensor.create(Shape.of(10000)).fill(0));
    p.gradient().fill(0.5f); // of length 50
    new GradientClipping(List.of(p), 5).apply();

    assertThat(p.gradient().toArray()).containsOnly(0.05f);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void shouldRefuseANormThatIsNotFinite(float bad) {
    gradients(1, bad, 2);

    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> clip(1));
  }

  @Test
  void shouldBearNormsBeyondTheRangeOfFloat() {
    gradients(3e38f, 0, 3e38f);
    clip(1);

    assertThat(b.gradient().get(0)).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
  }
}

package ai.binealnet.core.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EffectiveThresholdTest {
  private static final float NEAR = 1e-3f;

  @RepeatedTest(200)
  void shouldBeWhereTheActivationChanges(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float b0 = (float) random.nextDouble(-2, 2);
    float tau = (float) random.nextDouble(0.05, 2);
    float b1 = (float) random.nextDouble(-2, 2);

    float theta = EffectiveThreshold.of(b0, tau, b1);

    float step = NEAR * Math.max(1, Math.abs(theta));
    assertThat(ActivationBinarizer.sign(theta + step, b0, tau, b1)).isEqualTo(1);
    assertThat(ActivationBinarizer.sign(theta - step, b0, tau, b1)).isEqualTo(-1);
  }

  @Test
  void shouldBeInfiniteWhereTheActivationIsAlwaysPlusOne() {
    assertThat(EffectiveThreshold.of(0, 0, 0.5f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ActivationBinarizer.sign(-1e6f, 0, 0, 0.5f)).isEqualTo(1);
  }

  @Test
  void shouldFollowTheShiftsWhereTheSlopeIsZero() {
    assertThat(EffectiveThreshold.of(0.25f, 0, -0.5f)).isEqualTo(0.25f);
  }

  @Test
  void shouldBeUndefinedForANegativeSlope() {
    assertThat(EffectiveThreshold.of(0, -0.1f, 0.5f)).isNaN();
  }
}

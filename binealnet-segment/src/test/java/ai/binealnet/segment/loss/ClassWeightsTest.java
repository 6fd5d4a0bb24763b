package ai.binealnet.segment.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private static final long[][] PIXELS = {{60, 40, 0, 0}, {90, 0, 10, 0}};

  /** Frequencies 150/200, 40/100 and 10/100: the median is 0.4; class 3 occurs nowhere. */
  @Test
  void shouldDivideTheMedianFrequency() {
    assertThat(ClassWeights.medianFrequency(PIXELS, 1))
        .containsExactly(new float[] {0.4f / 0.75f, 1, 4, 1}, Offset.offset(1e-6f));
  }

  @Test
  void shouldBalanceInPart() {
    assertThat(ClassWeights.medianFrequency(PIXELS, 0.5)[2]).isEqualTo(2);
    assertThat(ClassWeights.medianFrequency(PIXELS, 0)).containsOnly(1);
  }

  @Test
  void shouldTakeTheMiddleOfTwoMedians() {
    assertThat(ClassWeights.medianFrequency(new long[][] {{75, 25}}, 1))
        .containsExactly(0.5f / 0.75f, 2);
  }

  @Test
  void shouldRefuseImpossibleLosses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LossConfig(1.1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new LossConfig(0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LossConfig(0, Double.NaN));
  }
}

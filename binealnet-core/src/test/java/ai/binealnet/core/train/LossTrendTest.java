package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTrendTest {
  private static final DivergenceConfig LIMITS = new DivergenceConfig(3, 20);

  private static LossTrend after(LossTrend trend, int steps, double loss, DivergenceConfig limits) {
    LossTrend result = trend;
    for (int i = 0; i < steps; i++) {
      result = result.next(loss, limits);
    }
    return result;
  }

  @Test
  void shouldAverageFirstOverAllAndThenOverAWindow() {
    LossTrend trend = after(LossTrend.start(), 10, 2, LIMITS).next(4, LIMITS);

    assertThat(trend.initial()).isCloseTo(2, within(1e-12));
    assertThat(trend.mean()).isCloseTo(24.0 / 11, within(1e-12));
    trend = after(trend, 1000, 1, LIMITS);
    assertThat(trend.mean()).isCloseTo(1, within(1e-6));
    assertThat(trend.next(2, LIMITS).mean()).isCloseTo(1.02, within(1e-6));
    assertThat(trend.initial()).isCloseTo(2, within(1e-12));
  }

  @Test
  void shouldStopOnlyWhenTheMeanIsTooHighForLong() {
    LossTrend good = after(LossTrend.start(), 200, 1, LIMITS);
    LossTrend spike = good.next(90, LIMITS);
    assertThat(spike.suspicious()).as("one step of 90").isFalse();

    LossTrend bad = after(good, 6, 20, LIMITS); // mean above 3 from the sixth step on
    assertThat(bad.suspicious()).isTrue();
    assertThat(after(bad, 19, 20, LIMITS).above()).isEqualTo(20);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> after(bad, 20, 20, LIMITS))
        .withMessageContaining("3.0 times the initial loss");
    assertThat(after(bad, 200, 1, new DivergenceConfig(3, 1000)).above()).as("recovered").isZero();
  }

  @Test
  void shouldNotJudgeWhenOff() {
    LossTrend trend = after(LossTrend.start(), 10, 1, LIMITS);

    assertThat(after(trend, 1000, 1e9, new DivergenceConfig(0, 1)).above()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1,10", "0.5,10", "-1,10", "NaN,10", "Infinity,10", "3,0"})
  void shouldRefuseLimitsThatMakeNoSense(double factor, int steps) {
    assertThatIllegalArgumentException().isThrownBy(() -> new DivergenceConfig(factor, steps));
  }
}

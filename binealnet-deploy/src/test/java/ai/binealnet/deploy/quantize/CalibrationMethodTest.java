package ai.binealnet.deploy.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationMethodTest {
  @Test
  void shouldFindMinimumAndMaximumExactly() {
    Histogram seen = new Histogram();
    seen.add(new float[] {0.1f, -3.7f});
    seen.add(new float[] {12.3f});
    assertThat(CalibrationMethod.MIN_MAX.range(seen)).isEqualTo(new Range(-3.7f, 12.3f));
  }

  @Test
  void shouldLeaveOutTheOutermostNumbers() {
    Histogram seen = new Histogram();
    for (int i = 1; i <= 100; i++) {
      seen.add(new float[] {i});
    }
    // A range of 128 in 4,096 bins: each number has a bin of its own, 1/32 wide.
    assertThat(seen.percentile(0.05)).isEqualTo(new Range(0, 95 + 1f / 32));
    assertThat(seen.percentile(0)).isEqualTo(new Range(0, 100));
  }

  @Test
  void shouldLeaveOutTheOutermostNumbersAtEitherEnd() {
    Histogram seen = new Histogram();
    for (int i = 1; i <= 100; i++) {
      seen.add(new float[] {-i, i - 0.5f});
    }
    assertThat(seen.percentile(0.01)).isEqualTo(new Range(-98, 97.5f + 1f / 32));
  }

  @Test
  void shouldCountZerosAmongAllNumbers() {
    Histogram seen = new Histogram();
    seen.add(new float[99]);
    seen.add(new float[] {5});
    assertThat(seen.percentile(0.01)).isEqualTo(new Range(0, 0));
    assertThat(seen.zeros()).isEqualTo(99);
  }

  @Test
  void shouldNotDependOnTheOrderOfWhatItSees() {
    float[] small = random(1, 0.01f);
    float[] large = random(2, 100f);
    Histogram rising = new Histogram();
    rising.add(small);
    rising.add(large);
    Histogram falling = new Histogram();
    falling.add(large);
    falling.add(small);
    assertThat(rising.magnitudes()).isEqualTo(falling.magnitudes());
    assertThat(rising.range()).isEqualTo(falling.range());
  }

  private static float[] random(long seed, float size) {
    Random random = new Random(seed);
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = size * (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void shouldRefuseNumbersThatAreNone() {
    Histogram seen = new Histogram();
    assertThatThrownBy(() -> seen.add(new float[] {1, Float.NaN}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void shouldMeasureDivergenceAsItsDefinitionSays() {
    // Even levels lose nothing.
    assertThat(Entropy.divergence(new long[] {4, 4, 2, 2}, 4, 2)).isZero();
    // An empty bin takes no part of its level's count.
    assertThat(Entropy.divergence(new long[] {8, 0}, 2, 1)).isZero();
    double pooled =
        (6 * Math.log(6 / 4.0) + 2 * Math.log(2 / 4.0) + 3 * Math.log(3 / 2.0) + Math.log(1 / 2.0))
            / 12;
    assertThat(Entropy.divergence(new long[] {6, 2, 3, 1}, 4, 2)).isCloseTo(pooled, offset(1e-12));
    double clipped = 0.25 * Math.log(0.25 / 0.5) + 0.75 * Math.log(0.75 / 0.5);
    assertThat(Entropy.divergence(new long[] {4, 4, 4, 4}, 2, 2)).isCloseTo(clipped, offset(1e-12));
  }

  @Test
  void shouldCutOffALonelyOutlierByEntropyOnly() {
    Histogram seen = new Histogram();
    Random random = new Random(3);
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.abs(random.nextGaussian());
    }
    seen.add(values);
    seen.add(new float[] {40});
    assertThat(CalibrationMethod.MIN_MAX.range(seen).max()).isEqualTo(40);
    assertThat(CalibrationMethod.ENTROPY.range(seen).max()).isBetween(3f, 12f);
    assertThat(CalibrationMethod.ENTROPY.range(seen).min()).isZero();
  }

  @Test
  void shouldKeepAFlatDistributionWhole() {
    Histogram seen = new Histogram();
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i + 1) / 50_000f - 1;
    }
    seen.add(values);
    Range range = CalibrationMethod.ENTROPY.range(seen);
    assertThat(range.max()).isGreaterThan(0.95f);
    assertThat(range.min()).isLessThan(-0.95f);
  }
}

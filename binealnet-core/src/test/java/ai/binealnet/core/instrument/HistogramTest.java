package ai.binealnet.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void shouldCountEveryValueOnce() {
    Histogram histogram = Histogram.of(new double[] {-1, -0.9, 0, 0.5, 1}, 4);

    assertThat(histogram.limits()).containsExactly(-0.5, 0, 0.5, 1);
    assertThat(histogram.counts()).containsExactly(2, 0, 1, 2);
    assertThat(histogram.min()).isEqualTo(-1);
    assertThat(histogram.max()).isEqualTo(1);
    assertThat(histogram.count()).isEqualTo(5);
    assertThat(histogram.sum()).isEqualTo(-0.4, org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void shouldPutEqualValuesIntoOneBin() {
    Histogram histogram = Histogram.of(new double[] {2, 2}, 30);

    assertThat(histogram.limits()).containsExactly(2);
    assertThat(histogram.counts()).containsExactly(2);
    assertThat(histogram.sumOfSquares()).isEqualTo(8);
  }
}

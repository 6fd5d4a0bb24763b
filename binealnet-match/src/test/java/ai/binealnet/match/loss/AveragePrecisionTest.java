package ai.binealnet.match.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragePrecisionTest {
  private static final byte R = AveragePrecision.RIGHT;
  private static final byte W = AveragePrecision.WRONG;
  private static final byte I = AveragePrecision.IGNORED;

  private static double of(int bins, float[] similarities, byte... labels) {
    return new AveragePrecision(bins).of(similarities, labels, new float[labels.length]);
  }

  @Test
  void shouldBeOneWhereAllRightOnesComeFirst() {
    assertThat(of(11, new float[] {0.2f, 0.9f, 0.1f, 0.8f}, W, R, W, R)).isCloseTo(1, within(1e-6));
  }

  /** One bin each, ranked W R W R: the mean of precisions 1/2 and 2/4. */
  @Test
  void shouldBeTheUsualOneWhereEveryBinHoldsOne() {
    assertThat(of(11, new float[] {0.9f, 0.7f, 0.5f, 0.3f}, W, R, W, R))
        .isCloseTo(0.5, within(1e-5));
    // R W R: (1 + 2/3) / 2
    assertThat(of(11, new float[] {0.9f, 0.7f, 0.5f}, R, W, R)).isCloseTo(5 / 6.0, within(1e-5));
  }

  /** A right one in the same bin as three wrong ones counts as found among four. */
  @Test
  void shouldShareABin() {
    assertThat(of(5, new float[] {0.5f, 0.5f, 0.5f, 0.5f}, W, R, W, W))
        .isCloseTo(0.25, within(1e-6));
  }

  @Test
  void shouldLeaveOutWhatIsIgnoredAndClipWhatIsBeyond() {
    assertThat(of(11, new float[] {0.9f, 0.7f, 0.8f}, I, R, I)).isCloseTo(1, within(1e-6));
    assertThat(of(11, new float[] {1.5f, -0.7f}, R, W)).isCloseTo(1, within(1e-6));
    assertThat(of(11, new float[] {0.5f, 0.2f}, W, W)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDifferentiate(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 30;
    AveragePrecision precision = new AveragePrecision(20);
    float[] x = new float[count];
    byte[] labels = new byte[count];
    for (int j = 0; j < count; j++) {
      x[j] = (float) (random.nextDouble() * 0.98 + 0.01);
      labels[j] = j % 7 == 0 ? R : j % 7 == 1 ? I : W;
    }
    float[] gradient = new float[count];
    precision.of(x, labels, gradient);
    float step = 1e-4f;
    int checked = 0;
    for (int j = 0; j < count; j++) {
      double place = x[j] * 19;
      if (Math.abs(place - Math.rint(place)) < 0.01) {
        continue; // a corner of the triangle
      }
      float[] moved = x.clone();
      moved[j] = x[j] + step;
      double after = precision.of(moved, labels, new float[count]);
      double high = moved[j];
      moved[j] = x[j] - step;
      double before = precision.of(moved, labels, new float[count]);
      double expected = (after - before) / (high - moved[j]);
      assertThat((double) gradient[j])
          .as("%d of seed %d", j, seed)
          .isCloseTo(expected, within(1e-4));
      checked++;
    }
    assertThat(checked).isGreaterThan(20);
  }
}

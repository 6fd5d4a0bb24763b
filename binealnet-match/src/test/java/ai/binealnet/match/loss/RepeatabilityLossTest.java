package ai.binealnet.match.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatabilityLossTest {
  private static float[] random(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  @Test
  void shouldSeeNoDifferenceBetweenProportionalMaps() {
    float[] a = new float[8 * 12];
    for (int i = 0; i < a.length; i++) {
      a[i] = 1 + i % 5;
    }
    float[] b = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      b[i] = 3 * a[i];
    }
    float[] da = new float[a.length];
    float[] db = new float[a.length];
    assertThat(new CosineSimilarity(8, 12, 4).of(a, b, da, db, 1)).isCloseTo(0, within(1e-9));
    for (int i = 0; i < a.length; i++) {
      assertThat(da[i]).as("gradient at the optimum").isCloseTo(0, within(1e-6f));
    }
  }

  @Test
  void shouldSeeNothingInCommonWithoutOverlap() {
    float[] a = new float[16];
    float[] b = new float[16];
    a[5] = 1;
    b[6] = 1;
    assertThat(new CosineSimilarity(4, 4, 4).of(a, b, new float[16], new float[16], 1))
        .isEqualTo(1);
    assertThat(new CosineSimilarity(4, 4, 4).of(a, new float[16], new float[16], new float[16], 1))
        .as("a window without values is left out")
        .isZero();
  }

  /** One window of 4 with values 1, 0, 0, 0: 1 - (1 - 1/4). */
  @Test
  void shouldMeasurePeaks() {
    float[] gradient = new float[4];
    assertThat(new Peakiness(2, 2, 2).of(new float[] {0, 1, 0, 0}, gradient, 1))
        .isCloseTo(0.25, within(1e-9));
    assertThat(gradient).containsExactly(0.25f, -0.75f, 0.25f, 0.25f);
    assertThat(new Peakiness(2, 2, 2).of(new float[4], new float[4], 1)).isEqualTo(1);
  }

  @Test
  void shouldCoverAMapWithWindowsThatOverlapByHalf() {
    assertThat(new Windows(6, 8, 4).corners()).containsExactly(0, 2, 4, 16, 18, 20);
    assertThat(new Windows(4, 4, 4).corners()).containsExactly(0);
    assertThatIllegalArgumentException().isThrownBy(() -> new Windows(3, 8, 4));
  }

  @Test
  void shouldSampleTheSecondMapWhereTheFirstOnesPixelsWent() {
    int height = 9;
    int width = 11;
    float[] ramp = new float[height * width];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % width * 2 + i / width * 5;
    }
    Homography map = new Homography(0.9, 0.1, 0.7, -0.05, 1.1, 0.3, 0.001, 0, 1);
    WarpedMap warp = new WarpedMap(map, height, width);
    float[] seen = warp.sample(ramp);
    int inside = 0;
    for (int i = 0; i < seen.length; i++) {
      Point there = map.apply(new Point(i % width, i / width));
      boolean visible = there.isInside(height, width);
      double expected = visible ? 2 * there.x() + 5 * there.y() : 0;
      assertThat((double) seen[i]).as("pixel %d", i).isCloseTo(expected, within(1e-4));
      inside += visible ? 1 : 0;
    }
    assertThat(inside).isBetween(40, 98);
    float[] ones = new float[ramp.length];
    Arrays.fill(ones, 1);
    float sum = 0;
    for (float value : warp.mask(ones)) {
      sum += value;
    }
    assertThat(sum).isEqualTo(inside);
  }

  /** Where a step changes which pixel is the peak, a difference means nothing. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldDifferentiate(int cell) {
    long seed = 20 + cell;
    int h = 12 / cell;
    int w = 14 / cell;
    LossConfig config = new LossConfig(4, 1.3, 0.7, 1, 0.5, 20, 8, 3, 5, 7);
    RepeatabilityLoss loss = new RepeatabilityLoss(config, h, w, cell);
    List<Homography> maps =
        List.of(
            new Homography(0.95, 0.05, 0.4, -0.1, 1.05, 0.7, 0.002, 0.001, 1),
            Homography.translation(2, -1));
    float[] raw = random(4 * 12 * 14, seed);
    float[] gradient = new float[raw.length];
    loss.of(raw, maps, gradient);
    float step = 2e-3f;
    int off = 0;
    for (int i = 0; i < raw.length; i += 7) {
      float[] moved = raw.clone();
      moved[i] = raw[i] + step;
      double after = loss.of(moved, maps, new float[raw.length]);
      double high = moved[i];
      moved[i] = raw[i] - step;
      double before = loss.of(moved, maps, new float[raw.length]);
      double expected = (after - before) / (high - moved[i]);
      off += Math.abs(gradient[i] - expected) > 2e-5 ? 1 : 0;
    }
    assertThat(off).as("wrong of %d, seed %d", raw.length / 7, seed).isLessThan(3);
  }
}

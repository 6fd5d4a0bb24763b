package ai.binealnet.detect.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CenterTargetsTest {
  private static DetectionSample sample(LabeledBox... boxes) {
    return new DetectionSample("a", new Image(32, 48, 1, new byte[32 * 48]), List.of(boxes));
  }

  /**
   * The worst of the three ways that both corners may move by r must leave the overlap, exactly.
   */
  @ParameterizedTest
  @CsvSource({"10, 10, 0.7", "3, 40, 0.7", "25, 8, 0.5", "100, 90, 0.9"})
  void shouldMoveCornersAsFarAsTheOverlapAllows(double w, double h, double overlap) {
    double r = GaussianRadius.of(w, h, overlap);
    Box box = new Box(0, 0, w, h);

    double shifted = box.iou(new Box(r, r, w + r, h + r));
    double shrunk = box.iou(new Box(r, r, w - r, h - r));
    double grown = box.iou(new Box(-r, -r, w + r, h + r));

    assertThat(Math.min(shifted, Math.min(shrunk, grown))).isCloseTo(overlap, within(1e-9));
  }

  @Test
  void shouldMarkCentresSizesAndOffsets() {
    DetectionSample empty = sample();
    DetectionSample one = sample(new LabeledBox(new Box(9, 4, 29, 30), 1));

    CenterTargets targets = CenterTargets.of(List.of(empty, one), 8, 12, 2, 4);

    // centre (19, 17) pixels = (4.75, 4.25) cells, 5 x 6.5 cells
    assertThat(targets.cells()).containsExactly((8 + 4) * 12 + 4);
    assertThat(targets.sizes()).containsExactly(5, 6.5f);
    assertThat(targets.offsets()).containsExactly(0.75f, 0.25f);
    int centre = ((8 + 4) * 12 + 4) * 2 + 1;
    assertThat(targets.heatmap()[centre]).isEqualTo(1);
    assertThat(targets.heatmap()[centre - 1]).as("the other class").isZero();
    // radius 0.47 cells by the formula, so 0: only the centre
    assertThat(sum(targets.heatmap())).isEqualTo(1);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void shouldFallOffAroundLargeObjects() {
    double r = GaussianRadius.of(40, 40, 0.7);
    int radius = (int) r;
    double sigma = (2 * radius + 1) / 6.0;
    LabeledBox large = new LabeledBox(new Box(0, 0, 40, 40), 0);

    CenterTargets targets =
        CenterTargets.of(
            List.of(new DetectionSample("a", new Image(40, 40, 1, new byte[1600]), List.of(large))),
            40,
            40,
            1,
            1);

    assertThat(radius).isGreaterThan(2);
    int centre = 20 * 40 + 20;
    assertThat(targets.heatmap()[centre + 1])
        .isCloseTo((float) Math.exp(-1 / (2 * sigma * sigma)), within(1e-6f));
    assertThat(targets.heatmap()[centre + 40 * radius]).isPositive();
    assertThat(targets.heatmap()[centre + 40 * (radius + 1)]).isZero();
  }

  @Test
  void shouldTakeTheLargerOfTwoObjectsAndKeepBoth() {
    LabeledBox a = new LabeledBox(new Box(8, 8, 16, 16), 0);
    LabeledBox b = new LabeledBox(new Box(0, 0, 24, 24), 0);

    CenterTargets targets = CenterTargets.of(List.of(sample(a, b)), 8, 12, 1, 4);

    assertThat(targets.objects()).isEqualTo(2);
    assertThat(targets.heatmap()[3 * 12 + 3]).isEqualTo(1);
  }

  @Test
  void shouldForgiveAnythingInACrowd() {
    LabeledBox crowd = new LabeledBox(new Box(4, 4, 20, 12), 0, false, true);

    CenterTargets targets = CenterTargets.of(List.of(sample(crowd)), 8, 12, 1, 4);

    assertThat(targets.objects()).isZero();
    assertThat(targets.heatmap()[12 + 1]).isEqualTo(0.999f);
    assertThat(targets.heatmap()[2 * 12 + 4]).isEqualTo(0.999f);
    assertThat(targets.heatmap()[3 * 12 + 4]).isZero();
  }

  @Test
  void shouldKeepACentreOnTheLastEdgeInsideTheGrid() {
    LabeledBox edge = new LabeledBox(new Box(48, 32, 48, 32), 0);

    CenterTargets targets = CenterTargets.of(List.of(sample(edge)), 8, 12, 1, 4);

    assertThat(targets.cells()).containsExactly(7 * 12 + 11);
  }
}

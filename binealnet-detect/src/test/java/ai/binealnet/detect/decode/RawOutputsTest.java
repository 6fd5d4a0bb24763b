package ai.binealnet.detect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RawOutputsTest {
  /** One row of three cells, two classes. */
  private static RawOutputs row(float[] heatmap, float[] size, float[] offset) {
    return new RawOutputs(1, 3, 2, heatmap, size, offset);
  }

  private static float logit(double probability) {
    return (float) Math.log(probability / (1 - probability));
  }

  @Test
  void shouldAverageProbabilitiesAndSizesWithTheOppositeCell() {
    RawOutputs straight =
        row(
            new float[] {logit(0.2), logit(0.3), 0, 0, logit(0.6), 40},
            new float[] {1, 2, 3, 4, 5, 6},
            new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f});
    RawOutputs mirrored =
        row(
            new float[] {logit(0.8), 40, 0, 0, logit(0.4), logit(0.5)},
            new float[] {7, 8, 5, 6, 3, 0},
            new float[] {9, 9, 9, 9, 9, 9});

    RawOutputs mean = straight.meanWithMirror(mirrored);

    assertThat(mean.heatmap())
        .containsExactly(
            new float[] {logit(0.3), logit(0.4), 0, 0, logit(0.7), 40}, Offset.offset(1e-5f));
    assertThat(mean.size()).containsExactly(2, 1, 4, 5, 6, 7);
    assertThat(mean.offset()).isEqualTo(straight.offset());
  }

  @Test
  void shouldRefuseOutputsOfOtherPictures() {
    RawOutputs three = row(new float[6], new float[6], new float[6]);
    RawOutputs two = new RawOutputs(1, 2, 2, new float[4], new float[4], new float[4]);

    assertThatThrownBy(() -> three.meanWithMirror(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 x 3 cells and 2 classes against 1 x 2 and 2");
  }
}

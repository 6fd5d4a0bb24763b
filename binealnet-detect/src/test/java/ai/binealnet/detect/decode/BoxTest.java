package ai.binealnet.detect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxTest {
  private static final Box BOX = new Box(0, 0, 10, 20);

  @Test
  void shouldMeasureOverlap() {
    assertThat(BOX.iou(BOX)).isEqualTo(1);
    assertThat(BOX.iou(new Box(5, 0, 15, 20))).isCloseTo(100.0 / 300, within(1e-12));
    assertThat(BOX.iou(new Box(10, 0, 20, 20))).isZero(); // they only touch
    assertThat(new Box(3, 3, 3, 3).iou(new Box(3, 3, 3, 3))).isZero();
    assertThat(BOX.intersection(new Box(8, 15, 30, 16))).isEqualTo(2);
  }

  @Test
  void shouldClipToAPicture() {
    assertThat(new Box(-5, 3, 40, 12).clip(10, 30)).isEqualTo(new Box(0, 3, 30, 10));
    assertThat(new Box(40, 40, 50, 50).clip(10, 30).area()).isZero();
  }

  @Test
  void shouldRefuseEdgesInTheWrongOrder() {
    assertThatThrownBy(() -> new Box(3, 0, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.0");
    assertThatThrownBy(() -> new Box(0, Double.NaN, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package ai.binealnet.segment.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.binealnet.core.data.Image;
import org.junit.jupiter.api.Test;

class LabelMapTest {
  private final LabelMap map = new LabelMap(2, 3, new byte[] {0, 1, 2, 1, 1, -1});

  @Test
  void shouldReadUnsignedLabels() {
    assertThat(map.at(1, 2)).isEqualTo(LabelMap.VOID);
    assertThat(map.pixels(4)).containsExactly(1, 3, 1, 0);
  }

  @Test
  void shouldTakeTheNearestLabel() {
    LabelMap twice = map.resize(4, 6);

    assertThat(twice.at(1, 1)).isZero();
    assertThat(twice.at(1, 2)).isEqualTo(1);
    assertThat(twice.at(2, 1)).isEqualTo(1);
    assertThat(twice.at(3, 5)).isEqualTo(LabelMap.VOID);
    assertThat(twice.resize(2, 3)).isEqualTo(map);
    assertThat(map.resize(1, 1).labels()).containsExactly(1);
  }

  @Test
  void shouldBeAPictureOfOneChannel() {
    assertThat(LabelMap.of(map.toImage())).isEqualTo(map).hasSameHashCodeAs(map);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(new Image(1, 1, 3, new byte[3])));
    assertThatIllegalArgumentException().isThrownBy(() -> new LabelMap(2, 3, new byte[5]));
  }
}

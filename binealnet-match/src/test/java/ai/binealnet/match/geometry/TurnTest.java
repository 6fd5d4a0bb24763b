package ai.binealnet.match.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.data.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnTest {
  @Test
  void shouldMovePixelsExactlyInQuarters() {
    Image picture = Scenes.scene(31, 44, 3);

    Turn quarter = Turn.of(31, 44, Math.PI / 2, 1);
    Image turned = quarter.apply(picture);

    assertThat(turned.height()).isEqualTo(44);
    assertThat(turned.width()).isEqualTo(31);
    for (int y = 0; y < 31; y++) {
      for (int x = 0; x < 44; x++) {
        assertThat(turned.at(x, 30 - y, 0)).isEqualTo(picture.at(y, x, 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1, 2, 3, 4.5, 6})
  void shouldHoldTheWholePicture(double angle) {
    Turn turn = Turn.of(30, 50, angle, 0.7);

    assertThat(turn.map().scale(new Point(3, 4))).isCloseTo(0.7, within(1e-9));
    for (int corner = 0; corner < 4; corner++) {
      Point place = new Point(corner % 2 * 49, corner / 2 * 29);
      Point there = turn.map().apply(place); // half a pixel more is the corner's own extent
      Point shifted = new Point(there.x() + 0.5, there.y() + 0.5);
      assertThat(shifted.isInside(turn.height() + 1, turn.width() + 1)).isTrue();
      Point back = turn.map().inverse().apply(there);
      assertThat(back.distance(place)).isCloseTo(0, within(1e-9));
    }
    assertThat(turn.height() * turn.width()).isLessThanOrEqualTo(57 * 57);
  }
}

package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
  @Test
  void shouldPutAWidePictureBetweenGreyBars() {
    Image image = TestImages.grey(1, 2, 10, 20);

    Image input = new Letterbox(1, 2, 4, 4).apply(image);

    assertThat(input.height()).isEqualTo(4);
    for (int x = 0; x < 4; x++) {
      assertThat(input.at(0, x, 0)).isEqualTo(128);
      assertThat(input.at(3, x, 0)).isEqualTo(128);
      assertThat(input.at(1, x, 0)).isBetween(10, 20).isEqualTo(input.at(2, x, 0));
    }
    assertThat(input.at(1, 0, 0)).isEqualTo(10);
    assertThat(input.at(1, 3, 0)).isEqualTo(20);
  }

  @Test
  void shouldLeaveAPictureOfTheInputsSizeAlone() {
    Image image = TestImages.random(6, 8, 3, 1);

    assertThat(Letterbox.of(image, ImageSpec.rgb(6, 8)).apply(image)).isSameAs(image);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,32,48",
    "8000,6000,32,48",
    "6000,8000,32,48",
    "9000,1,32,48",
    "1,9000,32,48",
    "33,47,32,48"
  })
  void shouldMapCornersThereAndBack(int sourceHeight, int sourceWidth, int height, int width) {
    Letterbox box = new Letterbox(sourceHeight, sourceWidth, height, width);

    assertThat(box.innerHeight()).isBetween(1, height);
    assertThat(box.innerWidth()).isBetween(1, width);
    assertThat(box.innerHeight() == height || box.innerWidth() == width).isTrue();
    assertThat(box.inputY(0)).isEqualTo(box.top());
    assertThat(box.inputX(sourceWidth)).isEqualTo(box.left() + box.innerWidth());
    assertThat(box.sourceY(box.top() + box.innerHeight())).isEqualTo(sourceHeight);
    assertThat(box.sourceX(box.left())).isZero();
    double y = 0.3 * sourceHeight;
    double x = 0.7 * sourceWidth;
    assertThat(box.sourceY(box.inputY(y))).isCloseTo(y, within(1e-9 * sourceHeight));
    assertThat(box.sourceX(box.inputX(x))).isCloseTo(x, within(1e-9 * sourceWidth));
  }

  @Test
  void shouldRefuseAnotherPicture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Letterbox(2, 2, 4, 4).apply(TestImages.random(3, 2, 3, 1)))
        .withMessageContaining("3x2");
    assertThatIllegalArgumentException().isThrownBy(() -> new Letterbox(0, 1, 1, 1));
  }

  @Test
  void shouldPlaceAPictureOnGrey() {
    Image dot = new Image(1, 1, 1, new byte[] {7});

    Image placed = Letterbox.place(dot, 1, 2, 2, 3);

    byte grey = (byte) 128;
    assertThat(placed.pixels()).containsExactly(grey, grey, grey, grey, grey, (byte) 7);
    assertThat(Letterbox.place(dot, 0, 0, 1, 1)).isSameAs(dot);
  }
}

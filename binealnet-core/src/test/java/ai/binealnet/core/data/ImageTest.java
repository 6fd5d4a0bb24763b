package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ImageTest {
  @Test
  void shouldReadUnsignedValues() {
    Image image = new Image(1, 2, 3, new byte[] {0, 1, 2, -1, (byte) 128, 127});

    assertThat(image.at(0, 1, 0)).isEqualTo(255);
    assertThat(image.at(0, 1, 1)).isEqualTo(128);
    assertThat(image.at(0, 0, 2)).isEqualTo(2);
  }

  @Test
  void shouldRefuseArraysThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Image(2, 2, 3, new byte[11]))
        .withMessageContaining("12 bytes, got 11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Image(2, 2, 4, new byte[16]))
        .withMessageContaining("1 or 3 channels");
    assertThatIllegalArgumentException().isThrownBy(() -> new Image(0, 2, 3, new byte[0]));
  }

  @Test
  void shouldCompareByContent() {
    Image image = TestImages.random(3, 4, 3, 1);

    assertThat(image).isEqualTo(new Image(3, 4, 3, image.pixels().clone()));
    assertThat(image).isNotEqualTo(new Image(4, 3, 3, image.pixels().clone()));
    assertThat(image).isNotEqualTo(TestImages.random(3, 4, 3, 2));
  }
}

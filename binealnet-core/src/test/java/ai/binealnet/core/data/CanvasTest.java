package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class CanvasTest {
  @Test
  void shouldReturnThePictureItWasMadeOf() {
    Image image = TestImages.random(5, 7, 3, 1);

    assertThat(Canvas.image(Canvas.of(image))).isEqualTo(image);
  }

  @Test
  void shouldMakeGreyPicturesColoured() {
    Image image = Canvas.image(Canvas.of(TestImages.grey(1, 2, 9, 250)));

    assertThat(image).isEqualTo(new Image(1, 2, 3, new byte[] {9, 9, 9, -6, -6, -6}));
  }

  @Test
  void shouldDrawOnACopy() {
    Image image = TestImages.grey(2, 2, 0, 0, 0, 0);
    BufferedImage canvas = Canvas.of(image);

    Graphics2D graphics = Canvas.graphics(canvas);
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 2, 1);
    graphics.dispose();

    assertThat(Canvas.image(canvas).pixels()).containsExactly(-1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(image.pixels()).containsOnly(0);
  }
}

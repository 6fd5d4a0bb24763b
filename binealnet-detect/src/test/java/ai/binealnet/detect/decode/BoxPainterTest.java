package ai.binealnet.detect.decode;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxPainterTest {
  private final BoxPainter painter = new BoxPainter(List.of("cell", "worm"));

  private static boolean isClose(Image image, int y, int x, Color color) {
    return Math.abs(image.at(y, x, 0) - color.getRed()) < 8
        && Math.abs(image.at(y, x, 1) - color.getGreen()) < 8
        && Math.abs(image.at(y, x, 2) - color.getBlue()) < 8;
  }

  @Test
  void shouldDrawFramesInTheColoursOfTheClasses() {
    Image image = new Image(80, 120, 3, new byte[80 * 120 * 3]);

    Image drawn =
        painter.draw(
            image,
            List.of(
                new Detection(new Box(10, 30, 50, 60), 0, 0.9),
                new Detection(new Box(60, 30, 100, 60), 1, 0.8)));

    assertThat(isClose(drawn, 45, 10, BoxPainter.color(0))).isTrue();
    assertThat(isClose(drawn, 60, 80, BoxPainter.color(1))).isTrue();
    assertThat(drawn.at(45, 30, 0)).as("inside stays").isZero();
    assertThat(image.pixels()).as("the picture itself stays").containsOnly(0);
    assertThat(BoxPainter.color(0)).isNotEqualTo(BoxPainter.color(1));
  }

  @Test
  void shouldDrawOnGreyAndTinyPictures() {
    Image grey = new Image(1, 1, 1, new byte[1]);

    Image drawn = painter.draw(grey, List.of(new Detection(new Box(0, 0, 1, 1), 0, 1)));

    assertThat(drawn.channels()).isEqualTo(3);
    assertThat(drawn.height()).isEqualTo(1);
  }

  @Test
  void shouldDrawTheTruthInWhite() {
    Image image = new Image(40, 40, 3, new byte[40 * 40 * 3]);

    Image drawn = painter.draw(image, List.of(), List.of(new Box(5, 5, 30, 30)));

    assertThat(drawn.at(15, 5, 1)).isGreaterThan(80);
  }
}

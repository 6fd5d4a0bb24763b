package ai.binealnet.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Canvas;
import ai.binealnet.core.report.BubblePicture.Bubble;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BubblePictureTest {
  @Test
  void shouldDrawAreasInProportion() throws Exception {
    BufferedImage image = draw(new Bubble("a", "", 1, 50, 400), new Bubble("b", "", 3, 60, 100));
    // Pixels of the first two colours, without the symbols of the legend at the bottom.
    double ratio = (double) filled(image, 0x1f77b4) / filled(image, 0xe67e22);
    assertThat(ratio).isBetween(3.6, 4.4);
  }

  private static BufferedImage draw(Bubble... bubbles) throws Exception {
    byte[] png = BubblePicture.png("title", "x", "y", List.of(bubbles));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(540);
    return image;
  }

  /** A colour's pixels, which let white shine through. */
  private static long filled(BufferedImage image, int color) {
    int[] pixels = image.getRGB(0, 0, 900, 460, null, 0, 900);
    return Arrays.stream(pixels).filter(pixel -> distance(pixel, mixed(color)) < 6).count();
  }

  private static int mixed(int color) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      mixed |= (255 * 105 + 150 * (color >> shift & 255)) / 255 << shift;
    }
    return mixed;
  }

  private static int distance(int one, int other) {
    int distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      distance = Math.max(distance, Math.abs((one >> shift & 255) - (other >> shift & 255)));
    }
    return distance;
  }

  @Test
  void shouldDrawOneBubbleOfZeroHeight() throws Exception {
    BufferedImage image = draw(new Bubble("a", "only one", 0.1, 0, 5));
    assertThat(filled(image, 0x1f77b4)).isGreaterThan(1000);
  }

  @Test
  void shouldKeepLabelsApartAndInside() {
    Graphics2D graphics = Canvas.graphics(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB));
    Rectangle canvas = new Rectangle(300, 200);
    Rectangle thing = new Rectangle(260, 90, 20, 20);
    Labels labels = new Labels(graphics, canvas);
    labels.avoid(List.of(thing));
    List<Rectangle> places = new ArrayList<>(List.of(thing));
    for (int i = 0; i < 4; i++) {
      Rectangle place = labels.draw("label", thing);
      assertThat(places).noneMatch(place::intersects);
      assertThat(canvas.contains(place)).isTrue();
      places.add(place);
    }
  }
}

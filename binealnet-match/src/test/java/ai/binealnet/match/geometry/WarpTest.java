package ai.binealnet.match.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import org.junit.jupiter.api.Test;

class WarpTest {
  private static Image ramp(int height, int width) {
    byte[] pixels = new byte[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % width * 10 + i / width);
    }
    return new Image(height, width, 1, pixels);
  }

  @Test
  void shouldKeepAPictureUnderTheIdentity() {
    Image image = ramp(6, 9);
    assertThat(Warp.mirrored(image, Homography.IDENTITY, 6, 9)).isEqualTo(image);
  }

  @Test
  void shouldMoveByWholePixelsExactly() {
    Image image = ramp(8, 12);
    Image moved = Warp.black(image, Homography.translation(3, 2), 8, 12);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 12; x++) {
        int expected = y >= 2 && x >= 3 ? image.at(y - 2, x - 3, 0) : 0;
        assertThat(moved.at(y, x, 0)).as("row %d, column %d", y, x).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldInterpolateBetweenPixels() {
    Image moved = Warp.mirrored(ramp(8, 12), Homography.translation(-0.5, 0), 8, 11);
    assertThat(moved.at(3, 4, 0)).isEqualTo(48); // between 43 and 53
  }

  @Test
  void shouldMirrorAtTheBorder() {
    Image image = ramp(4, 5);
    Image moved = Warp.mirrored(image, Homography.translation(2, 0), 4, 5);
    assertThat(moved.at(1, 1, 0)).isEqualTo(image.at(1, 1, 0));
    assertThat(moved.at(1, 0, 0)).isEqualTo(image.at(1, 2, 0));
  }

  @Test
  void shouldPutAPixelWhereTheHomographySends() {
    byte[] pixels = new byte[60 * 60];
    pixels[20 * 60 + 30] = (byte) 255;
    Homography map = new Homography(1.5, 0.2, 3, -0.1, 1.4, 5, 0.001, 0.002, 1);
    Image warped = Warp.black(new Image(60, 60, 1, pixels), map, 90, 90);
    Point expected = map.apply(new Point(30, 20));
    double sum = 0;
    double sx = 0;
    double sy = 0;
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 90; x++) {
        sum += warped.at(y, x, 0);
        sx += x * warped.at(y, x, 0);
        sy += y * warped.at(y, x, 0);
      }
    }
    assertThat(new Point(sx / sum, sy / sum).distance(expected)).isLessThan(0.1);
  }

  @Test
  void shouldNotTurnFineStripesIntoCoarseOnes() {
    byte[] pixels = new byte[64 * 64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 2 == 0 ? 255 : 0);
    }
    Image small =
        Warp.mirrored(new Image(64, 64, 1, pixels), Homography.scaling(0.25, 0.25), 16, 16);
    for (int x = 4; x < 12; x++) {
      assertThat(small.at(8, x, 0)).isBetween(100, 155);
    }
  }
}

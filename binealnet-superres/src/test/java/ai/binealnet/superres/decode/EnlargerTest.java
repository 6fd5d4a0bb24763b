package ai.binealnet.superres.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.superres.TestPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnlargerTest {
  private static final EnlargerCard CARD = new EnlargerCard(2, 3);

  /** Repeats each pixel and adds how far the border of its tile is, up to the reach. */
  private static float[] model(Image image) {
    float[] raw = new float[image.height() * image.width() * 3 * 4];
    for (int i = 0; i < raw.length; i++) {
      int y = i / 3 / (image.width() * 2) / 2;
      int x = i / 3 % (image.width() * 2) / 2;
      int down = Math.min(y, image.height() - 1 - y);
      int border = Math.min(CARD.reach(), Math.min(down, Math.min(x, image.width() - 1 - x)));
      raw[i] = image.at(y, x, i % 3) * 0.5f + 10 * border;
    }
    return raw;
  }

  @Test
  void shouldShowNoSeams() {
    Image image = TestPictures.noise(30, 23, 3, 1);
    Image whole = new Enlarger(EnlargerTest::model, CARD, 64, 64, false).enlarge(image);

    for (int side : new int[] {7, 8, 11, 22, 23, 29}) {
      Enlarger tiled = new Enlarger(EnlargerTest::model, CARD, side, side + 1, false);
      assertThat(tiled.enlarge(image)).as("tiles of %s", side).isEqualTo(whole);
    }
  }

  @Test
  void shouldGiveAModelOfOneSizeNothingElse() {
    List<String> sizes = new ArrayList<>();
    PixelModel model =
        image -> {
          sizes.add(image.height() + "x" + image.width());
          return model(image);
        };
    Enlarger enlarger = Enlarger.fixed(model, CARD, 9, 12);

    Image small = enlarger.enlarge(TestPictures.noise(4, 30, 3, 2));
    enlarger.enlarge(TestPictures.noise(20, 5, 3, 3));
    enlarger.enlarge(TestPictures.noise(1, 1, 3, 3));

    assertThat(sizes).isNotEmpty().containsOnly("9x12");
    assertThat(small.height()).isEqualTo(8);
    assertThat(small.width()).isEqualTo(60);
  }

  @Test
  void shouldGiveAModelOfOneSizeTheSameTiles() {
    Image image = TestPictures.noise(30, 23, 3, 4);
    Image whole = Enlarger.dynamic(EnlargerTest::model, CARD).enlarge(image);

    assertThat(Enlarger.fixed(EnlargerTest::model, CARD, 12, 9).enlarge(image)).isEqualTo(whole);
  }

  @Test
  void shouldKeepGreyGrey() {
    Image grey = TestPictures.noise(5, 6, 1, 5);

    Image large = Enlarger.dynamic(image -> repeated(image), CARD).enlarge(grey);

    assertThat(large.channels()).isEqualTo(1);
    assertThat(large.at(9, 11, 0)).isEqualTo(grey.at(4, 5, 0));
    assertThat(large.at(4, 3, 0)).isEqualTo(grey.at(2, 1, 0));
  }

  private static float[] repeated(Image image) {
    float[] raw = new float[image.pixels().length * 4];
    for (int i = 0; i < raw.length; i++) {
      int y = i / 3 / (image.width() * 2) / 2;
      int x = i / 3 % (image.width() * 2) / 2;
      raw[i] = image.at(y, x, i % 3);
    }
    return raw;
  }

  @Test
  void shouldRoundAndClip() {
    assertThat(
            new byte[] {
              Enlarger.pixel(-3),
              Enlarger.pixel(300),
              Enlarger.pixel(99.5),
              Enlarger.pixel(100.5),
              Enlarger.pixel(Double.NaN)
            })
        .containsExactly(0, 255, 100, 100, 0);
  }

  @Test
  void shouldRefuseTilesWithoutAMiddle() {
    assertThatThrownBy(() -> new Enlarger(EnlargerTest::model, CARD, 6, 64, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 7");
  }

  @Test
  void shouldTravelInMetadata() {
    assertThat(EnlargerCard.of(CARD.toMetadata(), "model.onnx")).isEqualTo(CARD);
    for (String scale : List.of("0", "-2", "9", "2147483647")) {
      Map<String, String> metadata = Map.of("superres.scale", scale, "superres.reach", "3");
      assertThatThrownBy(() -> EnlargerCard.of(metadata, "model.onnx"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("from 1 to 8");
    }
    assertThatThrownBy(() -> EnlargerCard.of(Map.of(), "model.onnx"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model.onnx");
  }

  @Test
  void shouldPutPicturesSideBySide() {
    Image a = TestPictures.noise(40, 30, 3, 6);
    Image b = TestPictures.noise(20, 50, 1, 7);

    Image row = SideBySide.of(List.of(new SideBySide.Panel("a", a), new SideBySide.Panel("b", b)));

    assertThat(row.width()).isEqualTo(30 + 8 + 50);
    assertThat(row.height()).isGreaterThan(40);
    assertThat(row.at(7, 8, 1)).isEqualTo(a.at(7, 8, 1));
    assertThat(row.at(7, 38 + 9, 2)).isEqualTo(b.at(7, 9, 0));
  }
}

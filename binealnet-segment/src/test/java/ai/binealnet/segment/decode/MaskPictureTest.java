package ai.binealnet.segment.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskPictureTest {
  private static final List<String> CLASSES = List.of("sky", "road", "tree");

  private static Segmentation segmentation(int height, int width) {
    byte[] labels = new byte[height * width];
    for (int i = 0; i < labels.length / 4; i++) {
      labels[i] = 2;
    }
    return new Segmentation(new LabelMap(height, width, labels), CLASSES);
  }

  @Test
  void shouldLayColoursOverThePicture() {
    Image picture = new Image(1, 2, 3, new byte[] {10, 20, 30, 10, 20, 30});
    LabelMap labels = new LabelMap(1, 2, new byte[] {1, -1});

    Image blended = MaskPicture.blend(picture, labels);

    Color road = Palette.of(1);
    assertThat(blended.at(0, 0, 0)).isCloseTo((int) (0.4 * 10 + 0.6 * road.getRed()), within(1));
    assertThat(blended.at(0, 0, 2)).isCloseTo((int) (0.4 * 30 + 0.6 * road.getBlue()), within(1));
    assertThat(List.of(blended.at(0, 1, 0), blended.at(0, 1, 1), blended.at(0, 1, 2)))
        .containsExactly(10, 20, 30);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MaskPicture.blend(picture, new LabelMap(2, 1, new byte[2])));
  }

  @Test
  void shouldExplainTheColoursThatOccur() {
    Image drawn = MaskPicture.draw(new Image(90, 60, 1, new byte[5400]), segmentation(90, 60));

    assertThat(drawn.height()).isEqualTo(90);
    assertThat(drawn.width()).isGreaterThan(100);
    assertThat(holds(drawn, Palette.of(0), 60)).isTrue();
    assertThat(holds(drawn, Palette.of(2), 60)).isTrue();
    assertThat(holds(drawn, Palette.of(1), 60)).isFalse();
  }

  /** Whether a picture has a pixel of that very colour right of a column. */
  private static boolean holds(Image image, Color color, int left) {
    return IntStream.range(0, image.height() * image.width())
        .filter(i -> i % image.width() >= left)
        .anyMatch(
            i ->
                image.at(i / image.width(), i % image.width(), 0) == color.getRed()
                    && image.at(i / image.width(), i % image.width(), 1) == color.getGreen()
                    && image.at(i / image.width(), i % image.width(), 2) == color.getBlue());
  }

  @Test
  void shouldDrawPicturesSmallerThanTheirLegend() {
    Image drawn = MaskPicture.draw(new Image(1, 1, 3, new byte[3]), segmentation(1, 1));

    assertThat(drawn.height()).isGreaterThan(12);
  }

  @Test
  void shouldGiveEveryClassItsOwnColour() {
    assertThat(IntStream.range(0, 60).mapToObj(Palette::of).distinct()).hasSize(60);
    assertThat(Palette.of(LabelMap.VOID)).isEqualTo(Color.BLACK);
  }

  @Test
  void shouldSummarizeTheLargestClassFirst() {
    Segmentation.Summary summary = segmentation(4, 5).summary();

    assertThat(summary.height()).isEqualTo(4);
    assertThat(summary.classes())
        .containsExactly(
            new Segmentation.Part(0, "sky", 15, 0.75), new Segmentation.Part(2, "tree", 5, 0.25));
  }
}

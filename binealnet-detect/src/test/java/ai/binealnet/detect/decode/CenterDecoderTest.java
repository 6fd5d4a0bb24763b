package ai.binealnet.detect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Letterbox;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CenterDecoderTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 6;
  private static final int CLASSES = 2;

  /** Pictures of 32x48 fill an input of 16x24 pixels: cells of 4 pixels, 8 in the picture. */
  private static final Letterbox PLAIN = new Letterbox(32, 48, 16, 24);

  private final float[] heatmap = new float[2 * HEIGHT * WIDTH * CLASSES];
  private final float[] size = new float[2 * HEIGHT * WIDTH * 2];
  private final float[] offset = new float[2 * HEIGHT * WIDTH * 2];

  CenterDecoderTest() {
    Arrays.fill(heatmap, -9);
    Arrays.fill(size, 1);
    Arrays.fill(offset, 0.5f);
  }

  private void put(int n, int row, int column, int label, float logit, float... values) {
    int cell = (n * HEIGHT + row) * WIDTH + column;
    heatmap[cell * CLASSES + label] = logit;
    for (int i = 0; i < values.length; i++) {
      (i < 2 ? size : offset)[2 * cell + i % 2] = values[i];
    }
  }

  private List<Detection> decode(CenterDecoder decoder, int index, Letterbox letterbox) {
    RawOutputs raw = new RawOutputs(HEIGHT, WIDTH, CLASSES, heatmap, size, offset);
    return decoder.decode(raw, index, letterbox);
  }

  @Test
  void shouldTurnAPeakIntoABoxOfThePicture() {
    put(1, 2, 3, 1, 2, 2, 1, 0.25f, 0.75f);

    List<Detection> found = decode(new CenterDecoder(10, 0.5), 1, PLAIN);

    // centre (3.25, 2.75) cells = (26, 22) pixels of the picture, 16 wide and 8 high
    assertThat(found).hasSize(1);
    assertThat(found.get(0).box()).isEqualTo(new Box(18, 18, 34, 26));
    assertThat(found.get(0).label()).isEqualTo(1);
    assertThat(found.get(0).score()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
    assertThat(decode(new CenterDecoder(10, 0.5), 0, PLAIN)).isEmpty();
  }

  @Test
  void shouldLeaveOutPlacesThatAreNoNumbers() {
    put(0, 2, 3, 0, 2, Float.NaN, 1);
    put(0, 0, 0, 0, 2, 1, 1, Float.POSITIVE_INFINITY, 0);
    put(0, 3, 5, 1, 2, 1, 1);

    assertThat(decode(new CenterDecoder(10, 0.5), 0, PLAIN))
        .extracting(Detection::label)
        .containsExactly(1);
  }

  @Test
  void shouldTakeTheBarsOfTheLetterboxAway() {
    put(0, 1, 2, 0, 3, 2, 2, 0.5f, 0.5f);

    // a square picture of 8x8 becomes 16x16 in the middle of 16x24: 4 columns of grey on each side
    Box box = decode(new CenterDecoder(10, 0.5), 0, new Letterbox(8, 8, 16, 24)).get(0).box();

    assertThat(box).isEqualTo(new Box(1, 1, 5, 5)); // centre (10, 6), 8x8, minus 4, halved
  }

  @Test
  void shouldKeepOnlyLocalMaximaBestFirst() {
    put(0, 1, 1, 0, 1);
    put(0, 2, 2, 0, 2); // next to the first, and larger
    put(0, 1, 1, 1, 0.5f); // another class has maxima of its own
    put(0, 1, 4, 0, 3);

    List<Detection> found = decode(new CenterDecoder(10, 0.5), 0, PLAIN);

    assertThat(found).extracting(Detection::label).containsExactly(0, 0, 1);
    assertThat(found.get(0).box().x1()).isEqualTo(4 * 8.0);
    assertThat(found.get(1).box().x1()).isEqualTo(2 * 8.0);
  }

  @Test
  void shouldSeeOneObjectInAPlateau() {
    put(0, 1, 2, 0, 2);
    put(0, 1, 3, 0, 2);
    put(0, 2, 2, 0, 2);

    List<Detection> found = decode(new CenterDecoder(10, 0.5), 0, PLAIN);

    assertThat(found).hasSize(1);
    assertThat(found.get(0).box().x1()).isEqualTo(16);
  }

  @Test
  void shouldKeepTheBestOfMany() {
    put(0, 0, 0, 0, 1);
    put(0, 0, 2, 0, 3);
    put(0, 0, 4, 0, 2);
    put(0, 2, 0, 0, 3);

    List<Detection> found = decode(new CenterDecoder(2, 0), 0, PLAIN);

    assertThat(found).extracting(d -> d.box().x1()).containsExactly(16.0, 0.0);
  }

  @Test
  void shouldClipToThePictureAndDropWhatIsOutside() {
    put(0, 0, 5, 0, 2, 4, 4, 0.5f, 0.5f);
    put(0, 3, 0, 1, 2, -1, 4, 0.5f, 0.5f); // a negative width is none

    List<Detection> found = decode(new CenterDecoder(10, 0.5), 0, PLAIN);

    assertThat(found).extracting(Detection::box).containsExactly(new Box(28, 0, 48, 20));
  }

  @Test
  void shouldRefuseArraysOfAnotherGrid() {
    assertThatThrownBy(() -> new RawOutputs(HEIGHT, WIDTH, 3, heatmap, size, offset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4x6");
    assertThatThrownBy(() -> new CenterDecoder(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

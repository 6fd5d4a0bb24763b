package ai.binealnet.detect.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.ColorJitter;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.detect.decode.Box;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputPreparationTest {
  private static final ImageSpec SPEC = ImageSpec.rgb(64, 96);

  /** White on black at the box, and nothing else. */
  private static DetectionSample square(int height, int width, Box box) {
    byte[] pixels = new byte[height * width];
    for (int y = (int) box.y1(); y < box.y2(); y++) {
      for (int x = (int) box.x1(); x < box.x2(); x++) {
        pixels[y * width + x] = (byte) 255;
      }
    }
    return new DetectionSample(
        "square", new Image(height, width, 1, pixels), List.of(new LabeledBox(box, 0)));
  }

  /** What is brighter than the grey around the picture. */
  private static Box bright(Image image) {
    int top = image.height();
    int left = image.width();
    int bottom = 0;
    int right = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (image.at(y, x, 0) > 140) {
          top = Math.min(top, y);
          left = Math.min(left, x);
          bottom = Math.max(bottom, y + 1);
          right = Math.max(right, x + 1);
        }
      }
    }
    return new Box(left, top, right, bottom);
  }

  private static void assertClose(Box actual, Box expected, double pixels) {
    assertThat(actual.x1()).isCloseTo(expected.x1(), within(pixels));
    assertThat(actual.y1()).isCloseTo(expected.y1(), within(pixels));
    assertThat(actual.x2()).isCloseTo(expected.x2(), within(pixels));
    assertThat(actual.y2()).isCloseTo(expected.y2(), within(pixels));
  }

  @Test
  void shouldLetterboxPictureAndBoxes() {
    DetectionSample sample = square(100, 100, new Box(20, 40, 60, 90));

    DetectionSample fit = new InputPreparation(SPEC, DetectAugment.defaults()).fit(sample);

    assertThat(fit.image().height()).isEqualTo(64);
    assertThat(fit.image().width()).isEqualTo(96);
    assertClose(fit.boxes().get(0).box(), new Box(28.8, 25.6, 54.4, 57.6), 1e-9);
    assertClose(bright(fit.image()), fit.boxes().get(0).box(), 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldCarryBoxesAlong(long seed) {
    DetectAugment augment = new DetectAugment(true, 0.5, 2, true, true, new ColorJitter(0, 0, 0));
    DetectionSample sample = square(120, 150, new Box(30, 50, 90, 80));

    DetectionSample changed =
        new InputPreparation(SPEC, augment).augmented(sample, new SplittableRandom(seed));

    assertThat(changed.image().width()).isEqualTo(96);
    Box bright = changed.boxes().isEmpty() ? null : changed.boxes().get(0).box();
    if (bright != null) {
      assertClose(bright(changed.image()), bright, 1.5);
    } else {
      assertThat(bright(changed.image()).area()).as("seed %d", seed).isLessThan(0.3 * 60 * 30);
    }
  }

  @Test
  void shouldTakeVeryDifferentViews() {
    DetectAugment augment = new DetectAugment(true, 0.5, 2, true, true, new ColorJitter(0, 0, 0));
    InputPreparation preparation = new InputPreparation(SPEC, augment);
    DetectionSample sample = square(120, 150, new Box(60, 50, 90, 80));

    List<Double> widths =
        new SplittableRandom(3)
            .longs(40)
            .mapToObj(s -> preparation.augmented(sample, new SplittableRandom(s)).boxes())
            .filter(boxes -> !boxes.isEmpty())
            .map(boxes -> boxes.get(0).box().width())
            .sorted()
            .toList();

    assertThat(widths.get(widths.size() - 1)).isGreaterThan(1.5 * widths.get(0));
  }

  @Test
  void shouldForgetWhatIsHardlyVisible() {
    // the left 16 of 100 columns are seen: 6 of 40 of the first box, all of the second
    View view = new View(new Span(0, 64, 0, 64), new Span(0, 16, 0, 96), 64, 96, false, false);
    DetectionSample sample =
        new DetectionSample(
            "a",
            new Image(64, 100, 1, new byte[6400]),
            List.of(
                new LabeledBox(new Box(10, 0, 50, 10), 0),
                new LabeledBox(new Box(2, 0, 12, 10), 1),
                new LabeledBox(new Box(10, 0, 50, 10), 0, false, true)));

    assertThat(view.apply(sample).boxes())
        .containsExactly(
            new LabeledBox(new Box(12, 0, 72, 10), 1),
            new LabeledBox(new Box(60, 0, 96, 10), 0, false, true));
  }

  @Test
  void shouldMakeAnInputOfAnyPicture() {
    InputPreparation preparation = new InputPreparation(SPEC, DetectAugment.defaults());
    for (int[] size : new int[][] {{1, 1}, {1, 2000}, {3000, 2}, {64, 96}}) {
      DetectionSample sample = square(size[0], size[1], new Box(0, 0, size[1], size[0]));
      for (long seed = 0; seed < 8; seed++) {
        Image image = preparation.augmented(sample, new SplittableRandom(seed)).image();
        assertThat(image.height()).isEqualTo(64);
        assertThat(image.width()).isEqualTo(96);
      }
      assertThat(preparation.fit(sample).boxes()).hasSize(1);
    }
  }

  @Test
  void shouldChangeNothingIfDisabled() {
    InputPreparation preparation = new InputPreparation(SPEC, DetectAugment.none());
    DetectionSample sample = square(100, 100, new Box(20, 40, 60, 90));

    assertThat(preparation.augmented(sample, new SplittableRandom(1)))
        .isEqualTo(preparation.fit(sample));
    assertThatThrownBy(() -> new DetectAugment(true, 2, 1, true, true, new ColorJitter(0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

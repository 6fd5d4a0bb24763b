package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  @Test
  void shouldMirrorAboutHalfOfThePictures() {
    Image image = new Image(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    Image mirrored = new Image(2, 2, 3, new byte[] {4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9});
    SplittableRandom random = new SplittableRandom(3);

    int count = 0;
    for (int i = 0; i < 1000; i++) {
      Image result = new HorizontalFlip().apply(image, random);
      assertThat(result).isIn(image, mirrored);
      count += result.equals(mirrored) ? 1 : 0;
    }

    assertThat(count).isBetween(430, 570);
  }

  @Test
  void shouldCropFromTheReflectedPictureAtEveryPlace() {
    int padding = 2;
    Image image = TestImages.random(4, 5, 3, 1);
    Set<Image> expected = new HashSet<>();
    for (int top = 0; top <= 2 * padding; top++) {
      for (int left = 0; left <= 2 * padding; left++) {
        expected.add(ImageFiles.crop(reflected(image, padding), top, left, 4, 5));
      }
    }
    Set<Image> actual = new HashSet<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 1000; i++) {
      actual.add(new RandomCrop(padding).apply(image, random));
    }

    assertThat(expected).hasSize(25);
    assertThat(actual).isEqualTo(expected);
  }

  /** The straightforward way: pads first; index i of a side of n is taken from the mirror image. */
  private static Image reflected(Image image, int padding) {
    int height = image.height() + 2 * padding;
    int width = image.width() + 2 * padding;
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      int y = mirror(i / 3 / width - padding, image.height());
      int x = mirror(i / 3 % width - padding, image.width());
      pixels[i] = (byte) image.at(y, x, i % 3);
    }
    return new Image(height, width, 3, pixels);
  }

  private static int mirror(int i, int size) {
    if (i < 0) {
      return -i;
    }
    return i < size ? i : size - 1 - (i - (size - 1));
  }

  @Test
  void shouldRefusePaddingBeyondTheMirror() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RandomCrop(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RandomCrop(4).apply(TestImages.random(4, 9, 3, 1), new SplittableRandom(1)));
  }

  @Test
  void shouldCropAndScaleWithinTheRanges() {
    // A ramp: the grey values of a crop tell where it came from.
    int[] ramp = new int[200 * 200];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 200;
    }
    Image image = TestImages.grey(200, 200, ramp);
    SplittableRandom random = new SplittableRandom(5);
    int narrowest = 255;
    int widest = 0;
    for (int i = 0; i < 500; i++) {
      Image result = new RandomResizedCrop(10, 10, 0.25, 0.64, 1).apply(image, random);
      assertThat(result.height()).isEqualTo(10);
      assertThat(result.width()).isEqualTo(10);
      int range = result.at(0, 9, 0) - result.at(0, 0, 0);
      narrowest = Math.min(narrowest, range);
      widest = Math.max(widest, range);
    }

    // Crops are 100 to 160 wide; the outermost of 10 averaged columns lie 0.9 of that apart.
    assertThat(narrowest).isBetween(88, 95);
    assertThat(widest).isBetween(138, 146);
  }

  @Test
  void shouldTakeTheMiddleWhereNoCropFits() {
    Image strip = TestImages.random(1, 400, 3, 2);

    Image result = RandomResizedCrop.usual(8, 8).apply(strip, new SplittableRandom(1));

    assertThat(result.height()).isEqualTo(8);
    assertThat(result.width()).isEqualTo(8);
  }

  @Test
  void shouldComposeInOrder() {
    Augmentation half = (image, random) -> ImageFiles.resize(image, 2, 2);
    Augmentation crop = (image, random) -> ImageFiles.crop(image, 0, 0, 1, 1);
    Image image = TestImages.grey(4, 4, new int[16]);
    SplittableRandom random = new SplittableRandom(1);

    assertThat(Augmentation.compose(List.of(half, crop)).apply(image, random).height()).isOne();
    assertThat(Augmentation.compose(List.of()).apply(image, random)).isSameAs(image);
  }
}

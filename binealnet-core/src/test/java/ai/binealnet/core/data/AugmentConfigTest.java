package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.AugmentConfig.Crop;
import ai.binealnet.core.graph.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentConfigTest {
  private static final ColorJitter NO_JITTER = new ColorJitter(0, 0, 0);
  private static final ImageSpec SPEC = ImageSpec.rgb(8, 8);

  private static AugmentConfig config(Crop crop, int cutout) {
    return new AugmentConfig(true, crop, 4, 0.08, false, NO_JITTER, cutout, 0);
  }

  private static List<Image> results(Augmentation augmentation, Image image, long seed) {
    List<Image> results = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      results.add(augmentation.apply(image, random));
    }
    return results;
  }

  @Test
  void shouldShiftAndMirrorSmallPicturesByDefault() {
    Image image = TestImages.random(32, 32, 3, 1);
    Augmentation usual = Augmentation.compose(List.of(new RandomCrop(4), new HorizontalFlip()));

    assertThat(results(AugmentConfig.defaults().augmentation(ImageSpec.cifar()), image, 2))
        .isEqualTo(results(usual, image, 2));
  }

  @Test
  void shouldCropLargePicturesAtRandomScalesByDefault() {
    ImageSpec large = ImageSpec.rgb(65, 65);
    Image image = TestImages.random(65, 65, 3, 1);
    Augmentation usual =
        Augmentation.compose(List.of(RandomResizedCrop.usual(65, 65), new HorizontalFlip()));

    assertThat(results(AugmentConfig.defaults().augmentation(large), image, 2))
        .isEqualTo(results(usual, image, 2));
  }

  @Test
  void shouldChangeNothingWhenOff() {
    Image image = TestImages.random(8, 8, 3, 1);
    AugmentConfig off =
        new AugmentConfig(false, Crop.AUTO, 4, 0.08, true, new ColorJitter(1, 1, 1), 4, 1);

    assertThat(results(off.augmentation(SPEC), image, 1)).containsOnly(image);
    assertThat(off.batchMixup().alpha()).isZero();
    assertThat(results(config(Crop.NONE, 0).augmentation(SPEC), image, 1)).containsOnly(image);
  }

  @Test
  void shouldHideASquareAtEveryPlaceUnderTheMean() {
    Image white = new Image(8, 8, 1, filled(64, 255));
    Set<Image> seen = new HashSet<>();
    SplittableRandom random = new SplittableRandom(3);
    Augmentation cutout = config(Crop.NONE, 3).augmentation(SPEC);
    for (int i = 0; i < 2000; i++) {
      seen.add(cutout.apply(white, random));
    }
    Set<Image> expected = new HashSet<>();
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        byte[] pixels = filled(64, 255);
        for (int i = 0; i < 64; i++) {
          if (Math.abs(i / 8 - y) <= 1 && Math.abs(i % 8 - x) <= 1) {
            pixels[i] = (byte) 128;
          }
        }
        expected.add(new Image(8, 8, 1, pixels));
      }
    }

    assertThat(seen).isEqualTo(expected).hasSize(64);
    assertThat(white.pixels()).as("the picture itself").containsOnly(255);
  }

  private static byte[] filled(int size, int value) {
    byte[] pixels = new byte[size];
    java.util.Arrays.fill(pixels, (byte) value);
    return pixels;
  }

  @Test
  void shouldJitterByTheFormulasInTheirOrder() {
    Image image = TestImages.random(5, 4, 3, 9);
    SplittableRandom random = new SplittableRandom(6);
    double bright = 1 + 0.5 * (2 * random.nextDouble() - 1);
    double contrast = 1 + 0.25 * (2 * random.nextDouble() - 1);
    double saturation = 1 + 0.75 * (2 * random.nextDouble() - 1);
    double mean = 0;
    for (int i = 0; i < 20; i++) {
      mean +=
          bright
              * luma(
                  image.at(i / 4, i % 4, 0), image.at(i / 4, i % 4, 1), image.at(i / 4, i % 4, 2))
              / 20;
    }
    Image result = new ColorJitter(0.5, 0.25, 0.75).apply(image, new SplittableRandom(6));

    for (int i = 0; i < 20; i++) {
      double[] p = new double[3];
      for (int c = 0; c < 3; c++) {
        p[c] = mean + (bright * image.at(i / 4, i % 4, c) - mean) * contrast;
      }
      double luma = luma(p[0], p[1], p[2]);
      for (int c = 0; c < 3; c++) {
        double expected = Math.max(0, Math.min(255, luma + (p[c] - luma) * saturation));
        assertThat((double) result.at(i / 4, i % 4, c)).isCloseTo(expected, within(0.501));
      }
    }
  }

  private static double luma(double r, double g, double b) {
    return 0.299 * r + 0.587 * g + 0.114 * b;
  }

  @Test
  void shouldLeaveTheColoursWithoutARange() {
    for (int channels : new int[] {1, 3}) {
      Image image = TestImages.random(4, 4, channels, 2);
      assertThat(NO_JITTER.apply(image, new SplittableRandom(1))).isEqualTo(image);
    }
    Image grey = TestImages.random(4, 4, 1, 2);
    assertThat(new ColorJitter(0, 0, 1).apply(grey, new SplittableRandom(1))).isEqualTo(grey);
    assertThat(NO_JITTER.enabled()).isFalse();
    assertThat(new ColorJitter(0, 0.1, 0).enabled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"SHIFT,8,0", "AUTO,9,0", "NONE,0,8", "NONE,0,100"})
  void shouldSayThatThePicturesAreTooSmall(Crop crop, int padding, int cutout) {
    AugmentConfig config =
        new AugmentConfig(true, crop, padding, 0.08, false, NO_JITTER, cutout, 0);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> config.augmentation(SPEC))
        .withMessageContaining("less than 8 pixels");
  }

  @ParameterizedTest
  @CsvSource({"-1,0.08,0,0", "4,0,0,0", "4,1.1,0,0", "4,NaN,0,0", "4,0.08,-1,0", "4,0.08,0,-1"})
  void shouldRefuseValuesOutOfRange(int padding, double minArea, int cutout, double mixup) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AugmentConfig(
                    true, Crop.AUTO, padding, minArea, true, NO_JITTER, cutout, mixup));
    assertThatIllegalArgumentException().isThrownBy(() -> new ColorJitter(0, 2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cutout(0, 128));
  }
}

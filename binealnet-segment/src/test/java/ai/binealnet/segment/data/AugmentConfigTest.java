package ai.binealnet.segment.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.binealnet.core.data.ColorJitter;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.segment.decode.LabelMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentConfigTest {
  private static final ColorJitter NO_JITTER = new ColorJitter(0, 0, 0);

  /** A picture whose grey level is 10 times the label: blocks of 16 x 16 pixels. */
  private static SegmentSample blocks(int height, int width) {
    byte[] labels = new byte[height * width];
    byte[] pixels = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) ((i / width / 16 * 7 + i % width / 16 * 3) % 11);
      pixels[i] = (byte) (10 * labels[i]);
    }
    return new SegmentSample(
        "blocks", new Image(height, width, 1, pixels), new LabelMap(height, width, labels));
  }

  /** Away from the borders of blocks, every pixel still has the grey level of its label. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldCarryLabelsAlong(long seed) {
    AugmentConfig augment = new AugmentConfig(true, 48, 64, 0.4, 2, true, NO_JITTER);
    ImageSpec input = ImageSpec.rgb(96, 128);

    SegmentSample changed = augment.apply(blocks(96, 128), input, new SplittableRandom(seed));

    assertThat(changed.image()).hasToString("Image[48x64x1]");
    int equal = 0;
    int inside = 0;
    for (int i = 0; i < 48 * 64; i++) {
      int label = changed.labels().at(i / 64, i % 64);
      if (label != LabelMap.VOID) {
        inside++;
        equal += Math.abs(changed.image().at(i / 64, i % 64, 0) - 10 * label) <= 1 ? 1 : 0;
      }
    }
    assertThat((double) equal / inside).as("seed %d", seed).isGreaterThan(0.65);
    assertThat(inside).isGreaterThan(300);
  }

  @Test
  void shouldShowVoidBeyondThePicture() {
    AugmentConfig augment = new AugmentConfig(true, 0, 0, 0.5, 0.5, false, NO_JITTER);

    SegmentSample changed =
        augment.apply(blocks(32, 32), ImageSpec.rgb(32, 32), new SplittableRandom(3));

    long outside = changed.labels().pixels(256)[LabelMap.VOID];
    assertThat(outside).as("three quarters, but for rounding").isBetween(740L, 800L);
  }

  /** A picture of twice the network's size is seen at half its size, also in training. */
  @Test
  void shouldScaleAsTheLetterboxDoes() {
    AugmentConfig augment = new AugmentConfig(true, 0, 0, 1, 1, false, NO_JITTER);

    SegmentSample changed =
        augment.apply(blocks(64, 96), ImageSpec.rgb(32, 48), new SplittableRandom(3));

    assertThat(changed).isEqualTo(blocks(64, 96).fitTo(32, 48));
  }

  @Test
  void shouldFitWholePicturesIfItIsOff() {
    AugmentConfig off = new AugmentConfig(false, 16, 16, 1, 1, true, NO_JITTER);
    ImageSpec input = ImageSpec.rgb(64, 64);

    SegmentSample fitted = off.apply(blocks(32, 64), input, new SplittableRandom(1));

    assertThat(off.crop(input)).isEqualTo(input);
    assertThat(fitted.labels().at(15, 5)).isEqualTo(LabelMap.VOID);
    assertThat(fitted.labels().at(16, 5)).isZero();
    assertThat(fitted.labels().at(48, 5)).isEqualTo(LabelMap.VOID);
  }

  @Test
  void shouldDrawTheSameAgain() {
    SegmentSample sample = SceneData.samples().get(0);
    AugmentConfig augment = AugmentConfig.defaults();
    ImageSpec input = ImageSpec.rgb(96, 128);

    SegmentSample once = augment.apply(sample, input, new SplittableRandom(4));

    assertThat(augment.apply(sample, input, new SplittableRandom(4))).isEqualTo(once);
    assertThat(augment.apply(sample, input, new SplittableRandom(5))).isNotEqualTo(once);
  }

  @Test
  void shouldRefuseImpossibleRanges() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentConfig(true, -1, 0, 1, 1, true, NO_JITTER));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentConfig(true, 0, 0, 0, 1, true, NO_JITTER));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentConfig(true, 0, 0, 2, 1, true, NO_JITTER));
  }
}

package ai.binealnet.match.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.binealnet.core.data.ColorJitter;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.match.geometry.HomographyRange;
import ai.binealnet.match.geometry.Point;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairConfigTest {
  private static final PhotometricRange NO_CHANGE =
      new PhotometricRange(0, new ColorJitter(0, 0, 0), 0, 100, 0);

  @ParameterizedTest
  @CsvSource({"96,128", "64,64", "20,200", "1,1", "300,40"})
  void shouldMakeCropsOfTheSizeAskedFor(int height, int width) {
    Image picture = Scenes.scene(height, width, 1);
    ImagePair pair = PairConfig.defaults().draw(picture, 64, 48, new SplittableRandom(2));
    assertThat(pair.first()).matches(image -> image.height() == 64 && image.width() == 48);
    assertThat(pair.second()).matches(image -> image.height() == 64 && image.width() == 48);
  }

  /** The truth must hold for the pixels: corresponding places look alike. */
  @Test
  void shouldShowTheSameAtCorrespondingPlaces() {
    PairConfig config = new PairConfig(1, 0.7, HomographyRange.defaults(), NO_CHANGE);
    SplittableRandom random = new SplittableRandom(4);
    double truth = 0;
    double nearby = 0;
    int count = 0;
    for (int draw = 0; draw < 10; draw++) {
      ImagePair pair = config.draw(Scenes.scene(200, 240, draw), 96, 96, random);
      for (int y = 2; y < 94; y += 3) {
        for (int x = 2; x < 94; x += 3) {
          Point there = pair.map().apply(new Point(x, y));
          if (new Point(there.x() - 6, there.y()).isInside(90, 84) && there.isInside(90, 90)) {
            truth += difference(pair, y, x, there);
            nearby += difference(pair, y, x, new Point(there.x() - 6, there.y()));
            count++;
          }
        }
      }
    }
    assertThat(count).isGreaterThan(2000);
    assertThat(truth / count).as("mean difference, seed 4").isLessThan(9);
    assertThat(nearby / count).as("6 pixels away").isGreaterThan(18);
  }

  private static double difference(ImagePair pair, int y, int x, Point there) {
    int row = (int) Math.round(there.y());
    int column = (int) Math.round(there.x());
    return Math.abs(pair.first().at(y, x, 0) - pair.second().at(row, column, 0));
  }

  @Test
  void shouldDependOnTheGeneratorOnly() {
    Image picture = Scenes.scene(120, 160, 3);
    ImagePair one = PairConfig.defaults().draw(picture, 64, 64, new SplittableRandom(8));
    ImagePair same = PairConfig.defaults().draw(picture, 64, 64, new SplittableRandom(8));
    ImagePair other = PairConfig.defaults().draw(picture, 64, 64, new SplittableRandom(9));
    assertThat(same).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void shouldLoseColoursInBothPicturesAlike() {
    PhotometricRange grey = new PhotometricRange(0, new ColorJitter(0, 0, 0), 0, 100, 1);
    PairConfig config = new PairConfig(1, 1, HomographyRange.defaults(), grey);
    ImagePair pair = config.draw(Scenes.scene(80, 80, 5), 64, 64, new SplittableRandom(1));
    for (Image image : List.of(pair.first(), pair.second())) {
      for (int x = 0; x < 64; x++) {
        assertThat(image.at(30, x, 0)).isEqualTo(image.at(30, x, 1)).isEqualTo(image.at(30, x, 2));
      }
    }
  }

  @Test
  void shouldChangeLightAndQualityButKeepTheColoursInTheirChannels() {
    Image picture = Scenes.scene(64, 64, 6);
    SplittableRandom random = new SplittableRandom(11);
    int changed = 0;
    for (int i = 0; i < 20; i++) {
      Image other =
          new PhotometricRange(1, new ColorJitter(0, 0, 0), 4, 40, 0).apply(picture, random);
      double own = 0;
      double swapped = 0;
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64; x++) {
          own += Math.abs(other.at(y, x, 0) - picture.at(y, x, 0));
          swapped += Math.abs(other.at(y, x, 0) - picture.at(y, x, 2));
        }
      }
      assertThat(own).as("draw %d of seed 11", i).isLessThan(swapped / 2);
      changed += own > 0 ? 1 : 0;
    }
    assertThat(changed).isGreaterThan(15);
  }

  @Test
  void shouldStackFirstPicturesBeforeSecondOnes() {
    Image dark = new Image(2, 2, 3, new byte[12]);
    Image flat = Scenes.flat(2, 2);
    ImagePair pair =
        new ImagePair(dark, flat, ai.binealnet.match.geometry.Homography.translation(1, 0));
    PairBatch batch = PairBatch.of(List.of(pair, pair), ImageSpec.rgb(2, 2));
    assertThat(batch.count()).isEqualTo(2);
    assertThat(batch.pixels()).hasSize(48).startsWith(-2f, -2f).endsWith(-38 / 64f);
    assertThat(batch.pixels()[23]).isEqualTo(-2f);
    assertThat(batch.pixels()[24]).isEqualTo(-38 / 64f);
  }

  @Test
  void shouldRefuseImpossibleRanges() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HomographyRange(30, 0.5, 1, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhotometricRange(0, new ColorJitter(0, 0, 0), 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairConfig(0, 1, HomographyRange.defaults(), NO_CHANGE));
  }
}

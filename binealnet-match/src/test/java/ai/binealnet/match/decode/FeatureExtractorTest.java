package ai.binealnet.match.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.data.Scenes;
import ai.binealnet.match.geometry.Point;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureExtractorTest {
  private static final FeatureExtractor ONE_LEVEL =
      new FeatureExtractor(ExtractionConfig.defaults().singleLevel());

  /** Maps of a picture: descriptors tell the cell, everything else is as low as it gets. */
  private static FeatureMaps maps(int height, int width, int cell) {
    int h = (height + cell - 1) / cell;
    int w = (width + cell - 1) / cell;
    float[] descriptors = new float[h * w * 2];
    for (int i = 0; i < h * w; i++) {
      descriptors[2 * i] = i / w + 1;
      descriptors[2 * i + 1] = i % w + 1;
    }
    float[] repeatability = new float[h * w * cell * cell];
    Arrays.fill(repeatability, -30);
    return new FeatureMaps(h, w, descriptors, new float[h * w], repeatability);
  }

  private static void peak(FeatureMaps maps, int y, int x, float value) {
    int s = maps.cell();
    int cell = y / s * maps.width() + x / s;
    maps.repeatability()[cell * s * s + y % s * s + x % s] = value;
  }

  private static ExtractionConfig config(int keyPoints, int radius, double minScore) {
    return new ExtractionConfig(keyPoints, radius, minScore, 0, 1, 2, 16, 1000, 1);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4"})
  void shouldFindPeaksAtTheirPixels(int cell) {
    Image picture = Scenes.scene(29, 37, 1);
    FeatureMaps maps = maps(29, 37, cell);
    peak(maps, 13, 22, 3);
    peak(maps, 28, 36, 2);
    peak(maps, 0, 5, 4);

    Features features =
        new FeatureExtractor(config(3, 2, 0.01)).decode(29, 37, List.of(new Level(picture, maps)));

    assertThat(features.points())
        .extracting(KeyPoint::place)
        .containsExactly(new Point(5, 0), new Point(22, 13), new Point(36, 28));
    assertThat(features.points().get(1).score())
        .isCloseTo(0.5 * RawOutputs.repeatability(3), within(1e-6));
  }

  @Test
  void shouldKeepTheBestOfNeighboursAndTheFirstOfEquals() {
    Image picture = Scenes.scene(32, 32, 1);
    FeatureMaps maps = maps(32, 32, 1);
    peak(maps, 10, 10, 2);
    peak(maps, 11, 12, 3);
    peak(maps, 20, 20, 1);
    peak(maps, 20, 22, 1);
    peak(maps, 20, 25, 1);

    Features features =
        new FeatureExtractor(config(10, 2, 0.01)).decode(32, 32, List.of(new Level(picture, maps)));

    assertThat(features.points())
        .extracting(KeyPoint::place)
        .containsExactly(new Point(12, 11), new Point(20, 20), new Point(25, 20));
  }

  @Test
  void shouldRefineToPartsOfAPixel() {
    Image picture = Scenes.scene(32, 32, 1);
    FeatureMaps maps = maps(32, 32, 1);
    double[] x = {0.1, 0.25, 0.2}; // the parabola through these peaks at +0.25
    for (int i = 0; i < 3; i++) {
      peak(maps, 9, 14 + i, raw(2 * x[i])); // the reliability is 0.5
    }

    Features features =
        new FeatureExtractor(config(1, 1, 0.01)).decode(32, 32, List.of(new Level(picture, maps)));

    assertThat(features.points().get(0).place().x()).isCloseTo(15.25, within(1e-4));
    assertThat(features.points().get(0).place().y()).isCloseTo(9, within(1e-4));
  }

  private static float raw(double repeatability) {
    double u = repeatability / (1 - repeatability);
    return (float) Math.log(Math.expm1(Math.min(u, 30)));
  }

  @Test
  void shouldMultiplyWithTheReliability() {
    Image picture = Scenes.scene(16, 16, 1);
    FeatureMaps maps = maps(16, 16, 2);
    peak(maps, 2, 2, 2);
    peak(maps, 10, 10, 2);
    maps.reliability()[1 * 8 + 1] = -3;

    Features features =
        new FeatureExtractor(config(2, 2, 0.01)).decode(16, 16, List.of(new Level(picture, maps)));

    assertThat(features.points().get(0).place().distance(new Point(10, 10))).isLessThan(1e-6);
    assertThat(features.points().get(1).place().distance(new Point(2, 2))).isLessThan(1e-6);
  }

  @Test
  void shouldDescribeBetweenCells() {
    FeatureMaps maps = maps(8, 12, 2);
    float[] target = new float[3];
    maps.describe(5, 2, 0, target, 1); // column 2.5 of row 1: (2, 3.5)
    assertThat(target[0]).isZero();
    assertThat(target[1]).isCloseTo((float) (2 / Math.hypot(2, 3.5)), within(1e-6f));
    assertThat(target[2]).isCloseTo((float) (3.5 / Math.hypot(2, 3.5)), within(1e-6f));
  }

  /** Of three cells in a row the middle one differs; Gaussian weights by hand. */
  @Test
  void shouldDescribeByTheMeanOfTheCellsAround() {
    float[] descriptors = {1, 0, 0, 1, 1, 0};
    FeatureMaps maps = new FeatureMaps(1, 3, descriptors, new float[3], new float[12]);
    float[] target = new float[2];
    maps.describe(2, 0, 2, target, 0); // a deviation of one cell, at the middle one
    double aside = 2 * Math.exp(-0.5);
    assertThat(target[0]).isCloseTo((float) (aside / Math.hypot(aside, 1)), within(1e-6f));
    assertThat(target[1]).isCloseTo((float) (1 / Math.hypot(aside, 1)), within(1e-6f));
  }

  /** Noise makes two pixels the highest; smoothed, the peak lies where the hill does. */
  @Test
  void shouldFindThePeakOfTheHillUnderNoise() {
    Image picture = Scenes.scene(32, 32, 1);
    FeatureMaps maps = maps(32, 32, 1);
    for (int y = 6; y < 15; y++) {
      for (int x = 12; x < 21; x++) {
        double hill = 0.6 * Math.exp(-(Math.pow(y - 10, 2) + Math.pow(x - 16, 2)) / 8);
        peak(maps, y, x, raw(hill));
      }
    }
    peak(maps, 11, 14, raw(0.62));
    peak(maps, 9, 18, raw(0.62));
    ExtractionConfig smooth = new ExtractionConfig(1, 2, 0.01, 1.4, 1, 2, 16, 1000, 1);
    List<Level> levels = List.of(new Level(picture, maps));

    Point noisy =
        new FeatureExtractor(config(1, 2, 0.01)).decode(32, 32, levels).points().get(0).place();
    Point smoothed = new FeatureExtractor(smooth).decode(32, 32, levels).points().get(0).place();

    assertThat(noisy.distance(new Point(16, 10))).isGreaterThan(1.5);
    assertThat(smoothed.distance(new Point(16, 10))).isLessThan(0.1);
  }

  @Test
  void shouldBringLevelsToThePicturesSize() {
    Image picture = Scenes.scene(40, 60, 1);
    Image half = Scenes.scene(20, 30, 2);
    FeatureMaps fine = maps(40, 60, 2);
    FeatureMaps coarse = maps(20, 30, 2);
    peak(fine, 10, 10, 1);
    peak(coarse, 8, 20, 2);

    Features features =
        new FeatureExtractor(config(2, 2, 0.01))
            .decode(40, 60, List.of(new Level(picture, fine), new Level(half, coarse)));

    assertThat(features.points().get(0).place()).isEqualTo(new Point(40.5, 16.5));
    assertThat(features.points().get(0).scale()).isEqualTo(2);
    assertThat(features.points().get(1).place()).isEqualTo(new Point(10, 10));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,5", "64,48"})
  void shouldFindNothingWithoutTexture(int height, int width) {
    Features features = ONE_LEVEL.extract(Scenes.flat(height, width), image -> busy(image, 2));
    assertThat(features.size()).isZero();
    assertThat(features.descriptors().size()).isZero();
    assertThat(Matches.of(features, features).pairs()).isEmpty();
  }

  /** A network that sees key points everywhere. */
  private static FeatureMaps busy(Image image, int cell) {
    FeatureMaps maps = maps(image.height(), image.width(), cell);
    for (int i = 0; i < maps.repeatability().length; i++) {
      maps.repeatability()[i] = (i * 7919L % 97) / 10f;
    }
    return maps;
  }

  @Test
  void shouldKeepNoMoreThanAsked() {
    Image picture = Scenes.scene(64, 64, 3);
    Features some =
        new FeatureExtractor(config(17, 1, 0)).extract(picture, image -> busy(image, 2));
    Features all =
        new FeatureExtractor(config(10_000, 1, 0)).extract(picture, image -> busy(image, 2));
    assertThat(some.size()).isEqualTo(17);
    assertThat(all.size()).isGreaterThan(100);
    assertThat(some.points()).isEqualTo(all.points().subList(0, 17));
  }

  @Test
  void shouldSeeAPictureAtSeveralSizes() {
    ExtractionConfig config = new ExtractionConfig(10, 1, 0, 0, 4, 2, 30, 200, 1);
    assertThat(config.pyramid(Scenes.scene(400, 300, 1)))
        .extracting(image -> image.height() + "x" + image.width())
        .containsExactly("200x150", "100x75", "50x38");
    assertThat(config.pyramid(Scenes.flat(1, 1))).hasSize(1);
    assertThat(config.singleLevel().pyramid(Scenes.scene(200, 100, 1))).hasSize(1);
  }

  @Test
  void shouldRefuseMapsOfAnotherSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Level(Scenes.scene(20, 20, 1), maps(18, 20, 2)))
        .withMessageContaining("do not cover");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureMaps(2, 2, new float[8], new float[4], new float[12]));
    assertThatIllegalArgumentException().isThrownBy(() -> config(0, 1, 0));
  }
}

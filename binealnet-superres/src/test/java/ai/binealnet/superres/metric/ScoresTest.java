package ai.binealnet.superres.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.superres.FullSets;
import ai.binealnet.superres.TestPictures;
import ai.binealnet.superres.data.Bicubic;
import ai.binealnet.superres.data.Pair;
import ai.binealnet.superres.data.PictureFolder;
import ai.binealnet.superres.data.SuperresData;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {
  /** Against numpy and scipy, but for sums that are halves: make_scores.py beside the values. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldScoreBicubicAsAnIndependentProgramDoes(int scale) throws IOException {
    Properties expected = new Properties();
    try (InputStream in = getClass().getResourceAsStream("scores.expected.properties")) {
      expected.load(in);
    }
    for (String name : new String[] {"bird", "butterfly", "woman"}) {
      String[] scores = expected.getProperty(name + ".x" + scale).split(",");
      Pair pair = Pair.of(TestPictures.sample(name), scale);
      Luma bicubic = Luma.of(Bicubic.enlarge(pair.low(), scale), scale);
      Luma original = Luma.of(pair.high(), scale);
      assertThat(Psnr.of(bicubic, original)).isCloseTo(Double.parseDouble(scores[0]), within(5e-5));
      assertThat(Ssim.of(bicubic, original)).isCloseTo(Double.parseDouble(scores[1]), within(1e-6));
    }
  }

  /** What SelfExSR's authors print for bicubic scaling. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "set5, 2, 33.64", "set5, 3, 30.39", "set5, 4, 28.42",
    "set14, 2, 30.22", "set14, 3, 27.53", "set14, 4, 25.99",
  })
  void shouldReproduceThePublishedFiguresOfBicubic(String set, int scale, double published) {
    PictureFolder folder =
        SuperresData.open(FullSets.root()).test().stream()
            .filter(f -> f.name().equals(set))
            .findFirst()
            .orElseThrow();
    double mean =
        folder.files().stream()
            .map(file -> SuperresData.read(file, scale))
            .mapToDouble(ScoresTest::bicubicPsnr)
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(published, within(0.005));
  }

  @Test
  void shouldGiveEqualPicturesTheBestScores() {
    Luma luma = Luma.of(TestPictures.noise(20, 20, 3, 1), 2);

    assertThat(Psnr.of(luma, luma)).isEqualTo(Psnr.EQUAL);
    assertThat(Ssim.of(luma, luma)).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldTakeLumaOfColoursAndGreyAsItIs() {
    Image colors = new Image(1, 3, 3, new byte[] {0, 0, 0, -1, -1, -1, (byte) 200, 100, 50});
    Image grey = new Image(1, 2, 1, new byte[] {0, -1});

    // 16 + (65.481 * 200 + 128.553 * 100 + 24.966 * 50) / 255 = 122.67
    assertThat(Luma.of(colors, 0).values()).containsExactly(16, 235, 123);
    assertThat(Luma.of(grey, 0).values()).containsExactly(0, 255);
  }

  @Test
  void shouldLeaveTheBorderOutButNeverTheWholePicture() {
    Image image = TestPictures.noise(7, 9, 1, 2);

    assertThat(Luma.of(image, 2).values()).hasSize(3 * 5);
    assertThat(Luma.of(image, 4).values()).hasSize(1 * 3);
  }

  @Test
  void shouldCompareEqualSizesOnly() {
    Luma a = Luma.of(TestPictures.noise(7, 9, 1, 2), 0);
    Luma b = Luma.of(TestPictures.noise(9, 7, 1, 2), 0);

    assertThatThrownBy(() -> Psnr.of(a, b)).hasMessageContaining("7x9");
    assertThatThrownBy(() -> Ssim.of(a, b)).hasMessageContaining("9x7");
  }

  private static double bicubicPsnr(Pair pair) {
    int scale = pair.scale();
    Image bicubic = Bicubic.enlarge(pair.low(), scale);
    return Psnr.of(Luma.of(bicubic, scale), Luma.of(pair.high(), scale));
  }
}

package ai.binealnet.superres.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.superres.FullSets;
import ai.binealnet.superres.TestPictures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BicubicTest {
  @ParameterizedTest
  @CsvSource({
    "bird, 2",
    "bird, 3",
    "bird, 4",
    "butterfly, 2",
    "butterfly, 3",
    "butterfly, 4",
  })
  void shouldShrinkLikeThePublishedSets(String name, int factor) throws URISyntaxException {
    Path published = Path.of(getClass().getResource("%s_x%d.png".formatted(name, factor)).toURI());

    assertThat(Bicubic.shrink(TestPictures.sample(name), factor))
        .isEqualTo(ImageFiles.read(published));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldShrinkAllOfSet5LikeThePublishedOne(int factor) throws IOException {
    Path set5 = FullSets.root().resolve("set5");
    try (Stream<Path> files = Files.list(set5.resolve("HR"))) {
      for (Path file : files.toList()) {
        Path published = set5.resolve("LR_x" + factor).resolve(file.getFileName());
        assertThat(Bicubic.shrink(ImageFiles.read(file), factor))
            .as("%s", file)
            .isEqualTo(ImageFiles.read(published));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldKeepAFlatPictureFlat(int factor) {
    byte[] pixels = new byte[12 * 24];
    Arrays.fill(pixels, (byte) 200);
    Image flat = new Image(12, 24, 1, pixels);

    assertThat(Bicubic.shrink(flat, factor).pixels()).containsOnly(200);
    assertThat(Bicubic.enlarge(flat, factor).pixels()).containsOnly(200);
  }

  @Test
  void shouldCutTheRestOfAMultiple() {
    Image image = TestPictures.noise(11, 8, 3, 1);

    assertThat(Bicubic.shrink(image, 3))
        .isEqualTo(Bicubic.shrink(ImageFiles.crop(image, 0, 0, 9, 6), 3))
        .extracting(Image::height, Image::width)
        .containsExactly(3, 2);
  }

  @Test
  void shouldRefuseAPictureSmallerThanTheFactor() {
    assertThatThrownBy(() -> Bicubic.shrink(TestPictures.noise(3, 8, 3, 1), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3x8");
  }

  @Test
  void shouldUseKeysKernel() {
    assertThat(Bicubic.kernel(0)).isEqualTo(1);
    assertThat(Bicubic.kernel(-0.5)).isEqualTo(0.5625);
    assertThat(Bicubic.kernel(1)).isZero();
    assertThat(Bicubic.kernel(1.5)).isEqualTo(-0.0625);
    assertThat(Bicubic.kernel(2)).isZero();
    assertThat(Bicubic.kernel(2.5)).isZero();
    assertThat(
            Bicubic.kernel(0.3) + Bicubic.kernel(0.7) + Bicubic.kernel(1.3) + Bicubic.kernel(1.7))
        .isCloseTo(1, within(1e-15));
  }
}

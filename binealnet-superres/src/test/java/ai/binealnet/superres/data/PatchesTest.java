package ai.binealnet.superres.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.superres.TestPictures;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchesTest {
  @Test
  void shouldLayAPictureEightDifferentWays() {
    Image image = TestPictures.noise(4, 4, 3, 2);

    Set<Image> ways = new HashSet<>();
    IntStream.range(0, Dihedral.COUNT).forEach(i -> ways.add(Dihedral.of(i).apply(image)));

    assertThat(ways).hasSize(8).contains(image);
  }

  @Test
  void shouldTurnAQuarter() {
    Image image = new Image(2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6});

    assertThat(new Dihedral(false, true, true).apply(image))
        .isEqualTo(new Image(3, 2, 1, new byte[] {4, 1, 5, 2, 6, 3}));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldCutTheSamePlaceOutOfBothPictures(int scale) {
    // Each large pixel tells which small one it lies in.
    Image low = TestPictures.noise(9, 14, 3, 3);
    Pair pair = new Pair(low, nearest(low, scale));
    Patches patches = new Patches(5, 5, true);
    SplittableRandom random = new SplittableRandom(4);

    Set<Image> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Pair patch = patches.apply(pair, random);
      seen.add(patch.low());
      assertThat(patch.high()).isEqualTo(nearest(patch.low(), scale));
    }
    assertThat(seen).hasSizeGreaterThan(30);
  }

  @Test
  void shouldReachEveryPlace() {
    Pair pair = Pair.of(TestPictures.noise(8, 8, 1, 5), 2);
    Patches patches = new Patches(3, 3, false);
    SplittableRandom random = new SplittableRandom(6);

    Set<Image> seen = new HashSet<>();
    IntStream.range(0, 100).forEach(i -> seen.add(patches.apply(pair, random).low()));

    assertThat(seen)
        .containsExactlyInAnyOrder(
            crop(pair, 0, 0), crop(pair, 0, 1), crop(pair, 1, 0), crop(pair, 1, 1));
  }

  @Test
  void shouldTurnSquaresOnly() {
    assertThatThrownBy(() -> new Patches(4, 6, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4x6");
  }

  private static Image crop(Pair pair, int top, int left) {
    return ImageFiles.crop(pair.low(), top, left, 3, 3);
  }

  private static Image nearest(Image image, int scale) {
    int width = image.width() * scale;
    byte[] pixels = new byte[image.pixels().length * scale * scale];
    for (int i = 0; i < pixels.length; i++) {
      int y = i / 3 / width / scale;
      int x = i / 3 % width / scale;
      pixels[i] = (byte) image.at(y, x, i % 3);
    }
    return new Image(image.height() * scale, width, 3, pixels);
  }
}

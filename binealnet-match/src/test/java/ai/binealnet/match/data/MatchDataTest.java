package ai.binealnet.match.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.match.geometry.Homography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchDataTest {
  @TempDir Path root;

  private static void sequence(Path folder, String picture, String map, int pictures)
      throws IOException {
    Files.createDirectories(folder);
    for (int i = 1; i <= pictures; i++) {
      ImageFiles.writePng(Scenes.scene(20 + i, 30, i), folder.resolve(picture.formatted(i)));
      if (i > 1) {
        Files.writeString(folder.resolve(map.formatted(i)), "1 0 " + i + "\n0 1 0\n0 0 1\n");
      }
    }
  }

  @Test
  void shouldReadBothLayouts() throws IOException {
    Scenes.folder(root, 20, 32);
    sequence(root.resolve("test/graf"), "img%d.png", "H1to%dp", 3);
    sequence(root.resolve("test/v_wall"), "%d.png", "H_1_%d", 4);

    MatchData data = MatchData.open(root);

    assertThat(data.test()).extracting(Sequence::name).containsExactly("graf", "v_wall");
    Sequence graf = data.test().get(0);
    assertThat(graf.maps())
        .containsExactly(Homography.translation(2, 0), Homography.translation(3, 0));
    assertThat(graf.pictures()).hasSize(3);
    assertThat(graf.pictures().get(2).get()).isEqualTo(Scenes.scene(23, 30, 3));
    assertThat(data.test().get(1).maps()).hasSize(3);
    assertThat(data.summary())
        .contains("training pictures: 18")
        .contains("validation pictures: 2")
        .contains("graf: 30x21 30x22 30x23");
  }

  @Test
  void shouldHoldOutTheSamePicturesEveryTime() {
    MatchData data = MatchData.open(Scenes.folder(root, 21, 24));

    assertThat(data.train().files()).hasSize(19);
    assertThat(data.validation().files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("scene09.png", "scene19.png");
    assertThat(data.dataHash()).isEqualTo(MatchData.open(root).dataHash());
    assertThat(data.train().repeated(3).size()).isEqualTo(57);
  }

  @Test
  void shouldUseTheValidationFolder() throws IOException {
    Scenes.folder(root, 3, 24);
    Files.createDirectories(root.resolve("val/a"));
    ImageFiles.writePng(Scenes.scene(24, 24, 7), root.resolve("val/a/x.png"));

    MatchData data = MatchData.open(root);

    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.validation().size()).isEqualTo(1);
  }

  @Test
  void shouldNeverTrainOnSequences() throws IOException {
    Scenes.folder(root, 10, 24);
    sequence(root.resolve("train/boat"), "img%d.png", "H1to%dp", 6);

    MatchData data = MatchData.open(root.resolve("train"));

    assertThat(data.train().size() + data.validation().size()).isEqualTo(10);
    assertThat(data.test()).extracting(Sequence::name).containsExactly("boat");
  }

  @Test
  void shouldOpenSequencesAloneButNotTrainOnThem() throws IOException {
    sequence(root.resolve("boat"), "img%d.png", "H1to%dp", 2);

    MatchData data = MatchData.open(root);

    assertThat(data.test()).hasSize(1);
    assertThatThrownBy(data::requireTraining)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("0 pictures, 1 sequences");
  }

  @Test
  void shouldNameWhatIsMissingOrBroken() throws IOException {
    assertThatThrownBy(() -> MatchData.open(root.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> MatchData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("neither");
    sequence(root.resolve("boat"), "img%d.png", "H1to%dp", 2);
    Files.writeString(root.resolve("boat/H1to2p"), "1 0 0 0 1 0 0 0");
    assertThatThrownBy(() -> MatchData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("H1to2p")
        .hasMessageContaining("8 values");
    Files.writeString(root.resolve("boat/H1to2p"), "1 0 0 0 1 0 0 0 x");
    assertThatThrownBy(() -> MatchData.open(root)).isInstanceOf(UserError.class);
    Files.writeString(root.resolve("boat/H1to2p"), "0 0 0 0 0 0 0 0 1");
    assertThatThrownBy(() -> MatchData.open(root)).hasMessageContaining("not invertible");
    Files.writeString(root.resolve("boat/H1to2p"), "1 0 0 0 1 0 0 0 1");
    Files.delete(root.resolve("boat/img2.png"));
    assertThatThrownBy(() -> MatchData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("img2.png");
  }

  @Test
  void shouldFindBrokenPicturesInTheSummary() throws IOException {
    Scenes.folder(root, 12, 24);
    Files.writeString(root.resolve("train/scene05.png"), "no picture");
    MatchData data = MatchData.open(root);
    assertThatThrownBy(data::summary)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("scene05.png");
  }
}

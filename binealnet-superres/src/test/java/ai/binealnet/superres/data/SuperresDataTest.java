package ai.binealnet.superres.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.superres.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuperresDataTest {
  @TempDir Path root;

  @Test
  void shouldTellTrainAndTestFoldersByTheirNames() throws IOException {
    pictures("t91-train", 40);
    pictures("bsd200-train", 3);
    pictures("set5/HR", 2);
    pictures("set5/LR_x2", 2);
    pictures("bsd100-test", 1);
    pictures("notes", 1);

    SuperresData data = SuperresData.open(root);

    assertThat(names(data.train())).containsExactly("bsd200-train 2", "t91-train 38");
    assertThat(names(data.validation())).containsExactly("bsd200-train 1", "t91-train 2");
    assertThat(names(data.test())).containsExactly("bsd100-test 1", "set5 2");
    assertThat(data.validation().get(1).files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("019.png", "039.png");
    assertThat(data.summary()).contains("t91-train", "38 pictures", "shortest side 9");
  }

  @Test
  void shouldTakeAValidationFolder() throws IOException {
    pictures("train", 2);
    pictures("val", 1);
    pictures("test", 1);

    SuperresData data = SuperresData.open(root);

    assertThat(names(data.train())).containsExactly("train 2");
    assertThat(names(data.validation())).containsExactly("val 1");
    assertThat(names(data.test())).containsExactly("test 1");
  }

  @Test
  void shouldSplitAFolderOfPictures() throws IOException {
    pictures("mine", 21);

    SuperresData data = SuperresData.open(root.resolve("mine"));

    assertThat(names(data.train())).containsExactly("mine 18");
    assertThat(names(data.validation())).containsExactly("mine 1");
    assertThat(names(data.test())).containsExactly("mine 2");
  }

  @Test
  void shouldTestOnAWholeBenchmark() {
    SuperresData data = SuperresData.open(TestPictures.SET5);

    assertThat(names(data.test())).containsExactly("set5 3");
    assertThatThrownBy(() -> data.pairs(2, ImageSpec.rgb(4, 4)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no pictures to train on");
  }

  @Test
  void shouldMakePairs() throws IOException {
    pictures("train", 3);
    Dataset<Pair> pairs = SuperresData.open(root).pairs(4, ImageSpec.rgb(2, 3));

    assertThat(pairs.size()).isEqualTo(2);
    assertThat(pairs.get(1))
        .isEqualTo(Pair.of(ImageFiles.read(root.resolve("train/001.png")), 4))
        .isSameAs(pairs.get(1));
    assertThat(pairs.get(1).scale()).isEqualTo(4);
  }

  @Test
  void shouldLeaveOutWhatIsSmallerThanAPatch() throws IOException {
    pictures("train", 3);
    ImageFiles.writePng(TestPictures.noise(20, 20, 3, 9), root.resolve("train/000.png"));
    SuperresData data = SuperresData.open(root);

    assertThat(data.pairs(2, ImageSpec.rgb(5, 5)).size()).isEqualTo(1);
    assertThatThrownBy(() -> data.pairs(2, ImageSpec.rgb(11, 11)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("22 rows x 22 columns");
  }

  @Test
  void shouldKeepGreyGrey() {
    Path file = root.resolve("grey.png");
    ImageFiles.writePng(TestPictures.noise(8, 8, 1, 7), file);

    assertThat(SuperresData.read(file, 2).low().channels()).isEqualTo(1);
  }

  @Test
  void shouldNameWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> SuperresData.open(root.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> SuperresData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no pictures");
    pictures("train", 2);
    assertThatThrownBy(() -> SuperresData.read(root.resolve("train/000.png"), 10))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("000.png");
  }

  @Test
  void shouldHashContentsNotPlaces() throws IOException {
    pictures("a/train", 2);
    pictures("b/train", 2);
    String hash = SuperresData.open(root.resolve("a")).dataHash();

    assertThat(SuperresData.open(root.resolve("b")).dataHash()).isEqualTo(hash);
    Files.delete(root.resolve("b/train/001.png"));
    assertThat(SuperresData.open(root.resolve("b")).dataHash()).isNotEqualTo(hash);
  }

  private void pictures(String folder, int count) throws IOException {
    Files.createDirectories(root.resolve(folder));
    for (int i = 0; i < count; i++) {
      ImageFiles.writePng(
          TestPictures.noise(9, 12, 3, i), root.resolve(folder).resolve("%03d.png".formatted(i)));
    }
  }

  private static List<String> names(List<PictureFolder> folders) {
    return folders.stream().map(f -> f.name() + " " + f.files().size()).toList();
  }
}

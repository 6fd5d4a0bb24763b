package ai.binealnet.detect.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.detect.decode.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoDataTest {
  private static final String CATEGORIES =
      "\"categories\": [{\"id\": 9, \"name\": \"worm\"}, {\"id\": 2, \"name\": \"cell\"}]";

  @TempDir Path root;

  private void write(String file, String images, String annotations) throws IOException {
    Path folder = Files.createDirectories(root.resolve("annotations"));
    Files.writeString(
        folder.resolve(file),
        "{\"info\": {\"year\": 2026}, \"images\": [%s], \"annotations\": [%s], %s}"
            .formatted(images, annotations, CATEGORIES));
  }

  private void picture(String file) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    ImageFiles.writePng(new Image(30, 40, 3, new byte[3600]), path);
  }

  private static String image(int id, String file) {
    return "{\"id\": %d, \"file_name\": \"%s\", \"height\": 30, \"width\": 40}".formatted(id, file);
  }

  private static String box(int image, int category, String bbox, int crowd) {
    return ("{\"id\": 1, \"image_id\": %d, \"category_id\": %d, \"bbox\": %s, \"iscrowd\": %d,"
            + " \"segmentation\": [[1, 2, 3]]}")
        .formatted(image, category, bbox, crowd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{\"image_id\": 1, \"category_id\": 9, \"bbox\": [1e999, 2, 3, 4]}",
        "{\"image_id\": 1, \"category_id\": 9, \"bbox\": [\"NaN\", 2, 3, 4]}"
      })
  void shouldRefuseWhatIsNoBox(String annotation) throws IOException {
    picture("train/a.png");
    write("train.json", image(1, "a.png"), annotation);
    write("test.json", image(1, "a.png"), annotation);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> DetectionData.open(root))
        .withMessageContaining("train.json");
  }

  @Test
  void shouldReadBoxesCrowdsAndPicturesWithoutObjects() throws IOException {
    picture("train2017/a.png");
    picture("train2017/b.png");
    picture("val2017/sub/c.png");
    write(
        "instances_train2017.json",
        image(7, "a.png") + "," + image(3, "b.png"),
        box(7, 9, "[1.5, 2, 10, 5]", 0)
            + ","
            + box(7, 2, "[0, 0, 50, 20]", 1)
            + ","
            + box(7, 2, "[3, 3, 0, 4]", 0));
    write("instances_val2017.json", image(1, "sub/c.png"), box(1, 2, "[1, 1, 5, 5]", 0));
    write("captions_train2017.json", "", "");

    DetectionData data = DetectionData.open(root);

    assertThat(data.format()).isEqualTo(DetectionData.Format.COCO);
    assertThat(data.classes()).containsExactly("cell", "worm");
    assertThat(data.train().size() + data.validation().size()).isEqualTo(2);
    assertThat(data.train().get(0).boxes())
        .containsExactly(
            new LabeledBox(new Box(1.5, 2, 11.5, 7), 1),
            new LabeledBox(new Box(0, 0, 40, 20), 0, false, true));
    assertThat(data.train().tally()).isEqualTo(new BoxDataset.Tally(1, 0, 1));
    assertThat(data.validation().get(0).boxes()).isEmpty();
    assertThat(data.test().get(0).boxes()).hasSize(1);
    assertThat(data.summary()).contains("COCO, 2 classes: cell, worm");
    assertThat(data.dataHash()).startsWith("sha256:");
  }

  @Test
  void shouldFindPicturesInOneFolderForAllParts() throws IOException {
    picture("images/a.png");
    write("train.json", image(1, "a.png"), box(1, 2, "[1, 1, 5, 5]", 0));
    write("val.json", image(1, "a.png"), "");
    write("test.json", image(1, "a.png"), "");

    assertThat(DetectionData.open(root).train().picture(0)).endsWithRaw(Path.of("images/a.png"));
  }

  @Test
  void shouldRefuseNamesThatLeadOutOfTheFolder() throws IOException {
    picture("images/a.png");
    write("train.json", image(1, "../images/a.png"), "");

    assertThatThrownBy(() -> DetectionData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("outside the data");
  }

  @Test
  void shouldNameDamagedFiles() throws IOException {
    picture("images/a.png");
    write("train.json", image(1, "a.png"), box(5, 2, "[1, 1, 5, 5]", 0));
    assertThatThrownBy(() -> DetectionData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("image_id 5");

    write("train.json", image(1, "a.png"), box(1, 2, "[1, 1]", 0));
    assertThatThrownBy(() -> DetectionData.open(root)).hasMessageContaining("four numbers");

    write("train.json", image(1, "b.png"), "");
    assertThatThrownBy(() -> DetectionData.open(root)).hasMessageContaining("picture not found");

    Files.writeString(root.resolve("annotations/train.json"), "{\"images\": []}");
    assertThatThrownBy(() -> DetectionData.open(root)).hasMessageContaining("categories");

    Files.writeString(root.resolve("annotations/train.json"), "{");
    assertThatThrownBy(() -> DetectionData.open(root)).hasMessageContaining("JSON of COCO");
  }
}

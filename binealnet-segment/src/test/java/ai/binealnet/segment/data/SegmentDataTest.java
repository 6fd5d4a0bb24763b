package ai.binealnet.segment.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.graph.UserError;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentDataTest {
  @TempDir Path dir;

  private Path folder(String... pictures) throws IOException {
    Files.writeString(dir.resolve(ClassTable.VALUES), "sky\nroad\n");
    for (String picture : pictures) {
      String[] parts = picture.split("/");
      add(parts[0], parts[1], 6, 8, 6, 8);
    }
    return dir;
  }

  private void add(String split, String name, int height, int width, int rows, int columns)
      throws IOException {
    SceneData.write(
        dir,
        split,
        name,
        new Image(height, width, 3, new byte[height * width * 3]),
        new Image(rows, columns, 1, new byte[rows * columns]));
  }

  private void assertRefused(String... messages) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> {
              SegmentData data = SegmentData.open(dir);
              data.summary();
            })
        .withMessageContainingAll(messages);
  }

  @Test
  void shouldOpenTheSamples() {
    SegmentData data = SegmentData.open(SceneData.SAMPLES);

    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.validation().size()).isEqualTo(1);
    assertThat(data.test().size()).isEqualTo(1);
    SegmentSample sample = data.train().get(0);
    assertThat(sample.name()).isEqualTo("0001TP_006690");
    assertThat(sample.image()).hasToString("Image[360x480x3]");
    assertThat(sample.labels().at(0, 240)).as("the sky, or a building").isLessThan(2);
    assertThat(data.summary())
        .contains("train: 3 pictures, sizes {480x360=3}; Sky ")
        .contains("test: 1 pictures")
        .contains("void ");
    assertThat(data.dataHash()).startsWith("sha256:");
  }

  @Test
  void shouldHoldOutTrainPicturesWhereThereIsNoValidationSet() throws IOException {
    folder("train/a", "train/b", "train/c", "val/d");

    SegmentData data = SegmentData.open(dir);

    assertThat(data.train().size()).isEqualTo(2);
    assertThat(data.validation().get(0).name()).isEqualTo("c");
    assertThat(data.test().get(0).name()).isEqualTo("d");
  }

  @Test
  void shouldSeeEveryFileInTheHash() throws IOException {
    String before = SegmentData.open(folder("train/a", "train/b", "test/c")).dataHash();

    Files.writeString(dir.resolve(ClassTable.VALUES), "sky\nsea\n");
    String renamed = SegmentData.open(dir).dataHash();
    add("test", "d", 6, 8, 6, 8);
    String added = SegmentData.open(dir).dataHash();

    assertThat(before).isNotEqualTo(renamed);
    assertThat(added).isNotEqualTo(renamed);
  }

  @Test
  void shouldMissFolders() throws IOException {
    assertRefused("no segmentation data", "trainannot");
    folder("train/a");
    assertRefused("no segmentation data");
    Files.createDirectories(dir.resolve("test"));
    assertRefused("no labels", "testannot");
    Files.createDirectories(dir.resolve("testannot"));
    assertRefused("no picture in");
    add("test", "b", 6, 8, 6, 8);
    assertRefused("left for validation");
  }

  @Test
  void shouldMissTheOtherHalf() throws IOException {
    folder("train/a", "train/b", "test/c");
    Files.delete(dir.resolve("trainannot/b.png"));
    assertRefused("b.png has no labels");
    Files.delete(dir.resolve("train/b.png"));
    add("train", "d", 6, 8, 6, 8);
    Files.delete(dir.resolve("train/d.png"));
    assertRefused("d.png has no picture");
    Files.delete(dir.resolve("trainannot/d.png"));
    Files.copy(dir.resolve("train/a.png"), dir.resolve("train/a.bmp"));
    assertRefused("two pictures of one name");
    Files.delete(dir.resolve("train/a.bmp"));
    Files.writeString(dir.resolve("train/notes.txt"), "");
    assertRefused("not a picture", "notes.txt");
  }

  @Test
  void shouldRefuseLabelsOfAnotherSize() throws IOException {
    folder("train/a", "test/c");
    add("train", "b", 6, 8, 8, 6);

    assertRefused("b.png do not fit", "8 x 6 pixels", "6 x 8");
  }

  /** Grey, 16-bit and transparent pictures are pictures; see ImageFiles for CMYK and EXIF. */
  @Test
  void shouldTakeUnusualPictures() throws IOException {
    folder("train/a", "train/b", "test/c");
    ImageIO.write(
        new BufferedImage(8, 6, BufferedImage.TYPE_USHORT_GRAY),
        "png",
        dir.resolve("train/a.png").toFile());
    ImageIO.write(
        new BufferedImage(8, 6, BufferedImage.TYPE_INT_ARGB),
        "png",
        dir.resolve("test/c.png").toFile());

    SegmentData data = SegmentData.open(dir);

    assertThat(data.train().get(0).image().channels()).isEqualTo(3);
    assertThat(data.test().get(0).image().channels()).isEqualTo(3);
  }
}

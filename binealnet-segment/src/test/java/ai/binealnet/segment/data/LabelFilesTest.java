package ai.binealnet.segment.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.segment.decode.LabelMap;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

class LabelFilesTest {
  private static final byte[] VALUES = {0, 1, 2, 1, 0, 2};
  private static final byte[] LABELS = {0, 1, -1, 1, 0, -1};

  @TempDir Path dir;

  private ClassTable values() throws IOException {
    Files.writeString(dir.resolve(ClassTable.VALUES), "0 sky\n1 road\n2 other (ignore)\n");
    return ClassTable.read(dir);
  }

  private ClassTable colors() throws IOException {
    Files.writeString(dir.resolve(ClassTable.COLORS), "9 8 7 sky\n200 0 100 road\n0 0 0 void\n");
    return ClassTable.read(dir);
  }

  private static BufferedImage filled(BufferedImage image, byte... values) {
    for (int i = 0; i < values.length; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, values[i] & 0xff);
    }
    return image;
  }

  /** Colours that no class number could be taken for. */
  private static IndexColorModel palette(int bits) {
    byte[] red = {9, (byte) 200, 0, 77};
    byte[] green = {8, 0, 0, 77};
    byte[] blue = {7, 100, 0, 77};
    return new IndexColorModel(bits, 4, red, green, blue);
  }

  private Path png(BufferedImage image) throws IOException {
    Path file = dir.resolve("label.png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  void shouldReadGreyLevelsAsTheyAre() throws IOException {
    Path file = png(filled(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), VALUES));

    assertThat(LabelFiles.read(file, values())).isEqualTo(new LabelMap(2, 3, LABELS));
  }

  @Test
  void shouldReadTheIndicesOfAPalette() throws IOException {
    Path file =
        png(filled(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette(8)), VALUES));

    assertThat(LabelFiles.read(file, values())).isEqualTo(new LabelMap(2, 3, LABELS));
    ImageFiles.openCvVersion(); // loads it
    Mat mat = Imgcodecs.imread(file.toString(), Imgcodecs.IMREAD_UNCHANGED);
    assertThat(mat.channels()).as("why labels are not read by OpenCV").isEqualTo(3);
  }

  @Test
  void shouldReadTwoBitsOfAPalette() throws IOException {
    Path file =
        png(filled(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY, palette(2)), VALUES));

    assertThat(LabelFiles.read(file, values())).isEqualTo(new LabelMap(2, 3, LABELS));
  }

  @Test
  void shouldReadColoursOfAnyKindOfPng() throws IOException {
    int[] rgb = {0x090807, 0xc80064, 0, 0xc80064, 0x090807, 0};
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB}) {
      BufferedImage image = new BufferedImage(3, 2, type);
      image.setRGB(0, 0, 3, 2, Arrays.stream(rgb).map(c -> c | 0xff000000).toArray(), 0, 3);
      assertThat(LabelFiles.read(png(image), colors())).isEqualTo(new LabelMap(2, 3, LABELS));
    }
    BufferedImage indexed = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette(8));
    assertThat(LabelFiles.read(png(filled(indexed, VALUES)), colors()))
        .isEqualTo(new LabelMap(2, 3, LABELS));
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    assertThat(LabelFiles.read(png(grey), colors()).labels()).containsOnly(-1);
  }

  private void assertRefused(Path file, ClassTable table, String... messages) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> LabelFiles.read(file, table))
        .withMessageContainingAll(messages)
        .withMessageContaining(file.toString());
  }

  @Test
  void shouldNameAValueThatIsNoClass() throws IOException {
    byte[] wrong = {0, 1, 2, 1, 7, 2};
    Path file = png(filled(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), wrong));

    assertRefused(file, values(), "the value 7 at row 1, column 1", ClassTable.VALUES);
  }

  @Test
  void shouldNameAColourThatIsNoClass() throws IOException {
    byte[] wrong = {0, 1, 3, 1, 0, 2};
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette(8));

    assertRefused(png(filled(image, wrong)), colors(), "the colour 77 77 77 at row 0, column 2");
  }

  @Test
  void shouldRefuseSixteenBitsAndColoursForValues() throws IOException {
    assertRefused(
        png(new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY)), values(), "16 bits");
    assertRefused(
        png(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB)),
        values(),
        "3 channels",
        ClassTable.COLORS);
  }

  @Test
  void shouldRefuseDamagedFiles() throws IOException {
    Path file = png(new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY));
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 20));
    assertRefused(file, values(), "a file that stops after");
    byte[] flipped = content.clone();
    Arrays.fill(flipped, 50, 80, (byte) 0x55);
    Files.write(file, flipped);
    assertRefused(file, values(), "a complete PNG file");
    Files.writeString(file, "no picture");
    assertRefused(file, values(), "a complete PNG file");
    assertRefused(dir.resolve("none.png"), values(), "no such file");
  }
}

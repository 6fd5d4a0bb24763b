package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldReadWhatItWrote(int channels) {
    Image image = TestImages.random(17, 13, channels, 5);
    Path file = dir.resolve("bild-ä.png");

    ImageFiles.writePng(image, file);
    Image read = ImageFiles.read(file);

    assertThat(read.height()).isEqualTo(17);
    assertThat(read.width()).isEqualTo(13);
    for (int i = 0; i < 17 * 13 * 3; i++) {
      assertThat(read.pixels()[i]).isEqualTo(image.pixels()[channels == 3 ? i : i / 3]);
    }
    assertThat(dir).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void shouldRefuseAPictureThatClaimsMemoryOfAnySize() throws IOException {
    Path file = dir.resolve("vast.ppm");
    Files.writeString(file, "P6 20000 5001 255\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ImageFiles.read(file))
        .withMessageContaining("vast.ppm")
        .withMessageContaining("at most 100 megapixels");
  }

  @Test
  void shouldReadRedAsRed() throws IOException {
    BufferedImage red = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    fill(red, 0xff0000);

    Image png = ImageFiles.read(save(red, "png"));
    Image jpeg = ImageFiles.read(save(red, "jpg"));

    assertThat(List.of(png.at(3, 3, 0), png.at(3, 3, 1), png.at(3, 3, 2)))
        .containsExactly(255, 0, 0);
    assertThat(jpeg.at(3, 3, 0)).isGreaterThan(250);
    assertThat(jpeg.at(3, 3, 2)).isLessThan(5);
  }

  @Test
  void shouldSpreadGreyOverAllChannelsUnchanged() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i % 16, i / 16, 0, i);
    }

    Path file = save(grey, "png");
    Image image = ImageFiles.read(file);
    Image kept = ImageFiles.readGreyOrColor(file);

    for (int i = 0; i < 3 * 256; i++) {
      assertThat(image.pixels()[i] & 0xff).isEqualTo(i / 3);
      assertThat(kept.pixels()[i / 3] & 0xff).isEqualTo(i / 3);
    }
    assertThat(kept.channels()).isEqualTo(1);
  }

  @Test
  void shouldReadColoursAsColours() throws IOException {
    BufferedImage red = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    red.setRGB(1, 0, 0xff0000);
    Path file = save(red, "png");

    assertThat(ImageFiles.readGreyOrColor(file)).isEqualTo(ImageFiles.read(file));
  }

  @Test
  void shouldKeepTheUpperHalfOf16Bits() throws IOException {
    BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 0x12ff, 0xffff});

    Image image = ImageFiles.read(save(deep, "png"));

    assertThat(image.channels()).isEqualTo(3);
    assertThat(List.of(image.at(0, 0, 0), image.at(0, 1, 1), image.at(0, 2, 2)))
        .containsExactly(0, 0x12, 255);
  }

  @Test
  void shouldDropAlphaAndKeepTheStoredColours() throws IOException {
    BufferedImage clear = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    fill(clear, 0x40102030);

    Image image = ImageFiles.read(save(clear, "png"));

    assertThat(image.channels()).isEqualTo(3);
    assertThat(image.pixels()).startsWith((byte) 0x10, (byte) 0x20, (byte) 0x30);
  }

  @Test
  void shouldReadPalettes() throws IOException {
    BufferedImage indexed = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
    fill(indexed, 0xff00ff00);

    assertThat(ImageFiles.read(save(indexed, "png")).pixels()).startsWith(0, 255, 0);
  }

  @Test
  void shouldHonourTheExifOrientation() throws IOException {
    BufferedImage stored = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        stored.setRGB(x, y, 0xffffff); // left half white
      }
    }
    byte[] jpeg = Files.readAllBytes(save(stored, "jpg"));

    Image upsideDown = ImageFiles.read(write("o3.jpg", withOrientation(jpeg, 3)));
    Image turned = ImageFiles.read(write("o6.jpg", withOrientation(jpeg, 6)));

    assertThat(upsideDown.width()).isEqualTo(32);
    assertThat(upsideDown.at(8, 4, 0)).isLessThan(5);
    assertThat(upsideDown.at(8, 28, 0)).isGreaterThan(250);
    assertThat(turned.height()).isEqualTo(32);
    assertThat(turned.width()).isEqualTo(16);
    assertThat(turned.at(4, 8, 0)).isGreaterThan(250); // a quarter to the right: left is now top
    assertThat(turned.at(28, 8, 0)).isLessThan(5);
  }

  @Test
  void shouldReadEverySample() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      List<Path> pictures =
          files.filter(f -> f.toString().matches(".*\\.(jpg|png)")).collect(Collectors.toList());

      assertThat(pictures).hasSizeGreaterThanOrEqualTo(16);
      assertThat(pictures).allSatisfy(f -> assertThat(ImageFiles.read(f).channels()).isEqualTo(3));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detection/bccd/JPEGImages/BloodImage_00000.jpg",
        "segmentation/camvid/train/0001TP_006690.jpg",
        "super-resolution/set5/HR/bird.png"
      })
  void shouldRefuseAFileThatWasCutShort(String sample) throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLES.resolve(sample));
    for (int length : new int[] {whole.length / 8, whole.length / 2, whole.length - 13}) {
      Path file = write("cut" + sample.substring(sample.length() - 4), whole, length);

      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> ImageFiles.read(file))
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void shouldNameAFileThatIsNoImage() throws IOException {
    Path text = write("a.jpg", "this is no image".getBytes(StandardCharsets.UTF_8));
    Path empty = write("b.png", new byte[0]);
    byte[] png = Files.readAllBytes(SAMPLES.resolve("super-resolution/set5/HR/bird.png"));
    Arrays.fill(png, 12, 30, (byte) 0x55); // wreck the header

    for (Path file : List.of(text, empty, write("c.png", png), dir.resolve("none.png"), dir)) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> ImageFiles.read(file))
          .satisfies(e -> assertThat(e.what()).contains(file.toString()))
          .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
    }
  }

  @Test
  void shouldAverageAreasWhenShrinking() {
    Image image = TestImages.grey(2, 4, 0, 2, 100, 100, 4, 6, 100, 104);

    assertThat(ImageFiles.resize(image, 1, 2)).isEqualTo(TestImages.grey(1, 2, 3, 101));
  }

  @Test
  void shouldInterpolateWhenEnlarging() {
    Image image = TestImages.grey(1, 2, 0, 100);

    assertThat(ImageFiles.resize(image, 1, 4)).isEqualTo(TestImages.grey(1, 4, 0, 25, 75, 100));
  }

  @Test
  void shouldFitByCuttingTheLongerSide() {
    Image image = TestImages.grey(2, 4, 9, 1, 2, 9, 9, 3, 4, 9);

    assertThat(ImageFiles.fit(image, 2, 2)).isEqualTo(TestImages.grey(2, 2, 1, 2, 3, 4));
    assertThat(ImageFiles.fit(TestImages.random(31, 57, 3, 1), 24, 24).width()).isEqualTo(24);
    assertThat(ImageFiles.fit(image, 2, 4)).isSameAs(image);
  }

  private static void fill(BufferedImage image, int argb) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, argb);
      }
    }
  }

  private Path save(BufferedImage image, String format) throws IOException {
    Path file = dir.resolve("picture." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(dir.resolve(name), content);
  }

  private Path write(String name, byte[] content, int length) throws IOException {
    return write(name, Arrays.copyOf(content, length));
  }

  /** Puts an EXIF block with nothing but the orientation behind the JPEG's first marker. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8); // big endian, table at 8
    exif.putShort((short) 1); // one entry: tag, type SHORT, count 1, value
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation << 16);
    exif.putInt(0); // no further table
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif.array());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}

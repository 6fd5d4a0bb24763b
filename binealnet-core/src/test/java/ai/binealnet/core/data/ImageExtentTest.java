package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

class ImageExtentTest {
  private static final int HEIGHT = 13;
  private static final int WIDTH = 300;

  private static byte[] encoded(String extension) {
    ImageFiles.openCvVersion(); // loads the library
    MatOfByte bytes = new MatOfByte();
    Imgcodecs.imencode(extension, Mat.zeros(HEIGHT, WIDTH, CvType.CV_8UC3), bytes);
    return bytes.toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {".png", ".jpg", ".bmp", ".tiff", ".webp", ".ppm"})
  void shouldReadTheHeaderOfEachFormat(String extension) {
    byte[] file = encoded(extension);

    assertThat(ImageExtent.pixels(file)).isEqualTo(HEIGHT * WIDTH);
    for (int length = 0; length < 10; length++) {
      assertThat(ImageExtent.pixels(Arrays.copyOf(file, length))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
  void shouldReadWhatAnotherEncoderWrote(String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY), format, file);

    assertThat(ImageExtent.pixels(file.toByteArray())).isEqualTo(HEIGHT * WIDTH);
  }

  @Test
  void shouldReadLosslessWebp() {
    ImageFiles.openCvVersion(); // loads the library
    MatOfByte bytes = new MatOfByte();
    MatOfInt lossless = new MatOfInt(Imgcodecs.IMWRITE_WEBP_QUALITY, 101);
    Imgcodecs.imencode(".webp", Mat.zeros(HEIGHT, WIDTH, CvType.CV_8UC3), bytes, lossless);

    assertThat(ImageExtent.pixels(bytes.toArray())).isEqualTo(HEIGHT * WIDTH);
  }

  @Test
  void shouldSkipCommentsOfPortableMaps() {
    byte[] file = "P6 # 7 8\n# 9\n300 #\n 13\n255\n".getBytes(StandardCharsets.US_ASCII);

    assertThat(ImageExtent.pixels(file)).isEqualTo(HEIGHT * WIDTH);
  }

  @Test
  void shouldTellHowManyPixelsAHeaderClaims() {
    byte[] png = encoded(".png");
    ByteBuffer.wrap(png).putInt(16, Integer.MAX_VALUE).putInt(20, 3);

    assertThat(ImageExtent.pixels(png)).isEqualTo(3L * Integer.MAX_VALUE);
    ByteBuffer.wrap(png).putInt(16, -1).putInt(20, -1);
    assertThat(ImageExtent.pixels(png)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldKnowNoOtherFormat() throws IOException {
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY), "gif", gif);

    assertThat(ImageExtent.pixels(gif.toByteArray())).isZero();
    assertThat(ImageExtent.pixels(new byte[100])).isZero();
  }
}

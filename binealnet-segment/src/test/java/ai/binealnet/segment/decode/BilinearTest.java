package ai.binealnet.segment.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.ImageFiles;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class BilinearTest {
  private static final int CHANNELS = 3;

  @ParameterizedTest
  @CsvSource({"1,1,5,7", "3,4,24,32", "5,2,7,16", "6,5,6,5", "45,60,90,121"})
  void shouldAgreeWithOpenCv(int height, int width, int newHeight, int newWidth) {
    ImageFiles.openCvVersion(); // loads it
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[height * width * CHANNELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-4, 4);
    }
    Mat from = new Mat(height, width, CvType.CV_32FC3);
    from.put(0, 0, values);
    Mat to = new Mat();
    Imgproc.resize(from, to, new Size(newWidth, newHeight), 0, 0, Imgproc.INTER_LINEAR);
    float[] expected = new float[newHeight * newWidth * CHANNELS];
    to.get(0, 0, expected);

    Bilinear rows = Bilinear.axis(height, newHeight);
    Bilinear columns = Bilinear.axis(width, newWidth);
    float[] row = new float[width * CHANNELS];
    float[] pixel = new float[CHANNELS];
    for (int y = 0; y < newHeight; y++) {
      rows.row(values, 0, y, row);
      for (int x = 0; x < newWidth; x++) {
        columns.pixel(row, x, pixel);
        for (int c = 0; c < CHANNELS; c++) {
          assertThat(pixel[c])
              .as("%d, %d", y, x)
              .isCloseTo(expected[(y * newWidth + x) * CHANNELS + c], within(5e-5f));
        }
      }
    }
  }
}

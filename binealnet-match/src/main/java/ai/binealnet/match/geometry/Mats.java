package ai.binealnet.match.geometry;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Between this project's pictures and OpenCV's matrices, which the caller releases. */
public final class Mats {
  static {
    ImageFiles.openCvVersion(); // loads the native library
  }

  private Mats() {}

  /** A copy of a picture, in RGB order or grey. */
  public static Mat of(Image image) {
    Mat mat =
        new Mat(
            image.height(), image.width(), image.channels() == 3 ? CvType.CV_8UC3 : CvType.CV_8UC1);
    mat.put(0, 0, image.pixels());
    return mat;
  }

  /** A copy of a picture in one channel of luma. */
  public static Mat grey(Image image) {
    Mat mat = of(image);
    if (image.channels() == 1) {
      return mat;
    }
    Mat grey = new Mat();
    Imgproc.cvtColor(mat, grey, Imgproc.COLOR_RGB2GRAY);
    mat.release();
    return grey;
  }

  /** A copy of a matrix of 8-bit values with 1 or 3 channels. */
  public static Image image(Mat mat) {
    byte[] pixels = new byte[Math.toIntExact(mat.total() * mat.channels())];
    mat.get(0, 0, pixels);
    return new Image(mat.rows(), mat.cols(), mat.channels(), pixels);
  }

  /**
   * Values under a Gaussian.
   *
   * @param values of a map, row by row
   * @param width of the map
   * @param deviation of the Gaussian, in pixels, greater than 0
   */
  public static float[] smoothed(float[] values, int width, double deviation) {
    Mat map = new Mat(values.length / width, width, CvType.CV_32F);
    try {
      map.put(0, 0, values);
      Imgproc.GaussianBlur(map, map, new Size(), deviation);
      float[] smoothed = new float[values.length];
      map.get(0, 0, smoothed);
      return smoothed;
    } finally {
      map.release();
    }
  }

  /** A homography as 3 x 3 matrix. */
  static Mat of(Homography homography) {
    Mat mat = new Mat(3, 3, CvType.CV_64F);
    mat.put(0, 0, homography.values());
    return mat;
  }
}

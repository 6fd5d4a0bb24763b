package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Reads, writes and resizes pictures with OpenCV. All methods may be called from several threads.
 */
public final class ImageFiles {
  static {
    openCvVersion(); // loads the libraries
  }

  /** Lower-case extensions of the formats that can be read. */
  public static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp", "ppm", "pgm");

  /** Larger pictures are refused, whatever the length of their files: 300 MB as RGB. */
  public static final int MAX_MEGAPIXELS = 100;

  private ImageFiles() {}

  /** Whether something is a file with the extension of a picture. */
  public static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(extension) && Files.isRegularFile(file);
  }

  /** OpenCV's version; fails like every method here if it cannot be loaded. */
  public static String openCvVersion() {
    return OpenCv.version();
  }

  /**
   * Reads a picture as 8-bit RGB. The EXIF orientation is applied, 16-bit values keep their upper 8
   * bits, grey becomes three equal channels, and an alpha channel is dropped (the colours stay as
   * stored).
   *
   * @param file JPEG, PNG, BMP, TIFF, WebP, PPM or PGM
   * @throws UserError if the file is missing, no picture, or cut short; names the file
   */
  public static Image read(Path file) {
    return read(file, Imgcodecs.IMREAD_COLOR_RGB);
  }

  /** {@link #read}, but a grey file gives a picture of one channel. */
  public static Image readGreyOrColor(Path file) {
    Image image = read(file, Imgcodecs.IMREAD_ANYCOLOR);
    return image.channels() == 1 ? image : read(file);
  }

  private static Image read(Path file, int mode) {
    byte[] content = bytes(file);
    if (ImageExtent.pixels(content) == 0) {
      throw noImage(file, content.length, null); // what else OpenCV can decode is not checked here
    }
    try {
      return decode(content, file, mode);
    } catch (CvException e) {
      throw noImage(file, content.length, e);
    }
  }

  private static Image decode(byte[] content, Path file, int mode) {
    MatOfByte encoded = new MatOfByte(content);
    try {
      Mat mat = Imgcodecs.imdecode(encoded, mode);
      try {
        if (mat.empty()) {
          throw noImage(file, content.length, null);
        }
        return fromMat(mat);
      } finally {
        mat.release();
      }
    } finally {
      encoded.release();
    }
  }

  private static UserError noImage(Path file, int length, CvException cause) {
    return new UserError(
        "cannot read image " + file,
        "a JPEG, PNG, BMP, TIFF, WebP or PPM picture",
        length + " bytes that are none, or damaged",
        "replace or remove the file",
        cause);
  }

  /**
   * The content of a picture file, undecoded.
   *
   * @throws UserError if the file is missing, cut short, or of more than {@link #MAX_MEGAPIXELS};
   *     names the file
   */
  public static byte[] bytes(Path file) {
    byte[] content = content(file);
    long pixels = ImageExtent.pixels(content);
    if (pixels > MAX_MEGAPIXELS * 1_000_000L) {
      throw new UserError(
          "cannot read image " + file,
          "at most " + MAX_MEGAPIXELS + " megapixels",
          "a header that tells of %.0f".formatted(1e-6 * pixels),
          "scale it down, or remove the file if it is damaged");
    }
    if (!ImageEnd.isPresent(content)) {
      throw new UserError(
          "cannot read image " + file,
          "a complete picture",
          "a file that stops after " + content.length + " bytes",
          "copy the file again or remove it");
    }
    return content;
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(
          "cannot read image " + file,
          "a readable file",
          e instanceof NoSuchFileException ? "no such file" : e.toString(),
          "check the path and its permissions",
          e);
    }
  }

  /**
   * Writes a picture as PNG, without loss and atomically.
   *
   * @throws UserError if the file cannot be written
   */
  public static void writePng(Image image, Path file) {
    Mat rgb = toMat(image);
    Mat bgr = new Mat();
    MatOfByte encoded = new MatOfByte();
    try {
      if (image.channels() == 3) {
        Imgproc.cvtColor(rgb, bgr, Imgproc.COLOR_RGB2BGR);
      }
      if (!Imgcodecs.imencode(".png", image.channels() == 3 ? bgr : rgb, encoded)) {
        throw new IllegalStateException("OpenCV could not encode " + image);
      }
      AtomicFiles.write(file, encoded.toArray());
    } finally {
      rgb.release();
      bgr.release();
      encoded.release();
    }
  }

  /**
   * Scales a picture: by averaging areas where both sides shrink, else bilinear. The same size
   * gives the same object.
   */
  public static Image resize(Image image, int height, int width) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    boolean shrinks = height <= image.height() && width <= image.width();
    Mat from = toMat(image);
    Mat to = new Mat();
    try {
      Imgproc.resize(
          from,
          to,
          new Size(width, height),
          0,
          0,
          shrinks ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR);
      return fromMat(to);
    } finally {
      from.release();
      to.release();
    }
  }

  /**
   * Scales a picture, keeping its proportions, until it just covers the size, and cuts out the
   * middle.
   */
  public static Image fit(Image image, int height, int width) {
    double scale = Math.max((double) height / image.height(), (double) width / image.width());
    int coverHeight = Math.max(height, (int) Math.round(image.height() * scale));
    int coverWidth = Math.max(width, (int) Math.round(image.width() * scale));
    Image cover = resize(image, coverHeight, coverWidth);
    return crop(cover, (coverHeight - height) / 2, (coverWidth - width) / 2, height, width);
  }

  /** Cuts out a rectangle that lies inside the picture. */
  public static Image crop(Image image, int top, int left, int height, int width) {
    if (top < 0 || left < 0 || top + height > image.height() || left + width > image.width()) {
      throw new IllegalArgumentException(
          "crop "
              + height
              + "x"
              + width
              + " at row "
              + top
              + ", column "
              + left
              + " leaves "
              + image);
    }
    if (height == image.height() && width == image.width()) {
      return image;
    }
    int channels = image.channels();
    byte[] out = new byte[height * width * channels];
    for (int y = 0; y < height; y++) {
      int from = ((top + y) * image.width() + left) * channels;
      System.arraycopy(image.pixels(), from, out, y * width * channels, width * channels);
    }
    return new Image(height, width, channels, out);
  }

  private static Mat toMat(Image image) {
    int type = image.channels() == 3 ? CvType.CV_8UC3 : CvType.CV_8UC1;
    Mat mat = new Mat(image.height(), image.width(), type);
    mat.put(0, 0, image.pixels());
    return mat;
  }

  private static Image fromMat(Mat mat) {
    byte[] pixels = new byte[Math.toIntExact(mat.total() * mat.channels())];
    mat.get(0, 0, pixels);
    return new Image(mat.rows(), mat.cols(), mat.channels(), pixels);
  }
}

package ai.binealnet.match.data;

import ai.binealnet.core.data.ColorJitter;
import ai.binealnet.core.data.Image;
import ai.binealnet.match.geometry.Mats;
import java.util.random.RandomGenerator;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * How far the light and the quality of a picture may change, in the order in which a camera changes
 * them. Every second picture is blurred, every second compressed; noise and colours are drawn
 * always.
 *
 * @param blur largest deviation of a Gaussian, in pixels
 * @param jitter of brightness, contrast and saturation
 * @param noise largest deviation of the noise, in grey levels
 * @param quality worst JPEG quality, in [1, 100]; 100 for no compression
 * @param grey part of the pairs that lose their colours, in [0, 1]
 */
public record PhotometricRange(
    double blur, ColorJitter jitter, double noise, int quality, double grey) {
  private static final int NO_COMPRESSION = 100;

  /** Blur below this is none. */
  private static final double SMALLEST_BLUR = 0.1;

  /** Checks the ranges. */
  public PhotometricRange {
    if (!(blur >= 0)
        || !(noise >= 0)
        || quality < 1
        || quality > NO_COMPRESSION
        || !(grey >= 0 && grey <= 1)) {
      throw new IllegalArgumentException(
          "blur and noise must be >= 0, quality in [1, 100], grey in [0, 1], got %s, %s, %d and %s"
              .formatted(blur, noise, quality, grey));
    }
  }

  /** Blur 1.5, colours 0.4, noise 8, JPEG 30, half of the pairs grey. */
  public static PhotometricRange defaults() {
    return new PhotometricRange(1.5, new ColorJitter(0.4, 0.4, 0.4), 8, 30, 0.5);
  }

  /** A picture changed at random; the given one stays as it is. */
  Image apply(Image image, RandomGenerator random) {
    Image lit = jitter.enabled() ? jitter.apply(image, random) : image;
    double sigma = random.nextBoolean() ? blur * random.nextDouble() : 0;
    double deviation = noise * random.nextDouble();
    boolean compress = random.nextBoolean() && quality < NO_COMPRESSION;
    int jpeg = compress ? random.nextInt(quality, NO_COMPRESSION) : NO_COMPRESSION;
    Image blurred = sigma < SMALLEST_BLUR ? lit : blurred(lit, sigma);
    Image noisy = deviation > 0 ? noisy(blurred, deviation, random) : blurred;
    return jpeg < NO_COMPRESSION ? compressed(noisy, jpeg) : noisy;
  }

  private static Image blurred(Image image, double sigma) {
    Mat mat = Mats.of(image);
    try {
      Imgproc.GaussianBlur(mat, mat, new Size(), sigma);
      return Mats.image(mat);
    } finally {
      mat.release();
    }
  }

  private static Image noisy(Image image, double deviation, RandomGenerator random) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      long value = Math.round((pixels[i] & 0xff) + deviation * random.nextGaussian());
      pixels[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new Image(image.height(), image.width(), image.channels(), pixels);
  }

  private static Image compressed(Image image, int quality) {
    Mat mat = Mats.of(image);
    MatOfByte jpeg = new MatOfByte();
    MatOfInt options = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, quality);
    try {
      Imgcodecs.imencode(".jpg", mat, jpeg, options); // red and blue may change places: both ways
      Mat decoded = Imgcodecs.imdecode(jpeg, Imgcodecs.IMREAD_UNCHANGED);
      try {
        return Mats.image(decoded);
      } finally {
        decoded.release();
      }
    } finally {
      mat.release();
      jpeg.release();
      options.release();
    }
  }
}

package ai.binealnet.match.decode;

import ai.binealnet.match.geometry.Mats;
import java.util.Arrays;

/**
 * What the network puts out for one picture. Cell (i, j) stands for the s x s pixels from (s i, s
 * j) on, its descriptor for the first of them.
 *
 * @param height rows of cells, h
 * @param width columns of cells, w
 * @param descriptors {@link RawOutputs#DESCRIPTORS}, [h,w,D]
 * @param reliability {@link RawOutputs#RELIABILITY}, [h,w]
 * @param repeatability {@link RawOutputs#REPEATABILITY}, [h,w,s^2]
 */
public record FeatureMaps(
    int height, int width, float[] descriptors, float[] reliability, float[] repeatability) {
  /** Checks the sizes. */
  public FeatureMaps {
    int cells = height * width;
    if (height < 1
        || width < 1
        || reliability.length != cells
        || descriptors.length == 0
        || descriptors.length % cells != 0
        || repeatability.length
            != cells * side(repeatability.length, cells) * side(repeatability.length, cells)) {
      throw new IllegalArgumentException(
          "%d x %d cells do not have %d, %d and %d values"
              .formatted(
                  height, width, descriptors.length, reliability.length, repeatability.length));
    }
  }

  private static int side(int values, int cells) {
    return Math.max(1, (int) Math.round(Math.sqrt((double) values / cells)));
  }

  /** Side of a cell in pixels, s. */
  public int cell() {
    return side(repeatability.length, height * width);
  }

  /** Length of a descriptor, D. */
  public int dimensions() {
    return descriptors.length / (height * width);
  }

  /**
   * Reliability times repeatability of every pixel, [h s, w s].
   *
   * @param smoothing deviation of the Gaussian they are averaged under, in pixels
   */
  float[] scores(double smoothing) {
    int s = cell();
    float[] scores = new float[repeatability.length];
    for (int i = 0; i < reliability.length; i++) {
      double trust = RawOutputs.reliability(reliability[i]);
      int corner = i / width * s * width * s + i % width * s;
      for (int k = 0; k < s * s; k++) {
        double found = RawOutputs.repeatability(repeatability[i * s * s + k]);
        scores[corner + k / s * width * s + k % s] = (float) (trust * found);
      }
    }
    return smoothing > 0 ? Mats.smoothed(scores, width * s, smoothing) : scores;
  }

  /**
   * The descriptor at a pixel, of length 1, at {@code target[from]}: the mean of the cells around.
   *
   * @param smoothing deviation of the Gaussian they are weighted by, in pixels; bilinear if 0
   */
  void describe(double x, double y, double smoothing, float[] target, int from) {
    double cx = Math.max(0, Math.min(width - 1, x / cell()));
    double cy = Math.max(0, Math.min(height - 1, y / cell()));
    double deviation = smoothing / cell();
    int reach = 1 + (int) Math.ceil(2 * deviation);
    int d = dimensions();
    double[] mean = new double[d];
    for (int row = Math.max(0, (int) cy - reach);
        row <= Math.min(height - 1, (int) cy + reach);
        row++) {
      for (int column = Math.max(0, (int) cx - reach);
          column <= Math.min(width - 1, (int) cx + reach);
          column++) {
        double weight = weight(row - cy, deviation) * weight(column - cx, deviation);
        int cell = row * width + column;
        for (int c = 0; c < d && weight > 0; c++) {
          mean[c] += weight * descriptors[cell * d + c];
        }
      }
    }
    double norm = Math.sqrt(Arrays.stream(mean).map(value -> value * value).sum());
    for (int c = 0; c < d; c++) {
      target[from + c] = (float) (mean[c] / Math.max(norm, 1e-12));
    }
  }

  private static double weight(double distance, double deviation) {
    return deviation > 0
        ? Math.exp(-distance * distance / (2 * deviation * deviation))
        : Math.max(0, 1 - Math.abs(distance));
  }
}

package ai.binealnet.match.decode;

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

  /** Reliability times repeatability of every pixel, [h s, w s]. */
  float[] scores() {
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
    return scores;
  }

  /** The descriptor at a pixel, bilinear between cells and of length 1, at {@code target[from]}. */
  void describe(double x, double y, float[] target, int from) {
    double cx = Math.max(0, Math.min(width - 1, x / cell()));
    double cy = Math.max(0, Math.min(height - 1, y / cell()));
    int left = Math.min((int) cx, Math.max(0, width - 2));
    int top = Math.min((int) cy, Math.max(0, height - 2));
    int right = Math.min(left + 1, width - 1);
    int bottom = Math.min(top + 1, height - 1);
    double fx = cx - left;
    double fy = cy - top;
    int d = dimensions();
    double norm = 0;
    for (int c = 0; c < d; c++) {
      double above = (1 - fx) * at(top, left, c, d) + fx * at(top, right, c, d);
      double below = (1 - fx) * at(bottom, left, c, d) + fx * at(bottom, right, c, d);
      double value = (1 - fy) * above + fy * below;
      target[from + c] = (float) value;
      norm += value * value;
    }
    float factor = (float) (1 / Math.max(Math.sqrt(norm), 1e-12));
    for (int c = from; c < from + d; c++) {
      target[c] *= factor;
    }
  }

  private float at(int row, int column, int c, int d) {
    return descriptors[(row * width + column) * d + c];
  }
}

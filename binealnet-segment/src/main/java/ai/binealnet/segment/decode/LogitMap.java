package ai.binealnet.segment.decode;

import ai.binealnet.core.data.Letterbox;

/**
 * Raw outputs of one picture: a score of each class for each cell of a grid that covers the
 * network's input evenly. The array is shared, not copied.
 *
 * @param height rows of the grid, the input's divided by the network's output stride
 * @param width columns of the grid
 * @param classes scores of a cell
 * @param values {@code [.., height, width, classes]}
 * @param offset index of the picture's first score
 */
public record LogitMap(int height, int width, int classes, float[] values, int offset) {
  /** Checks that the array is long enough. */
  public LogitMap {
    long end = offset + (long) height * width * classes;
    if (height < 1 || width < 1 || classes < 1 || offset < 0 || end > values.length) {
      throw new IllegalArgumentException(
          "no map of %d x %d x %d scores at %d of %d"
              .formatted(height, width, classes, offset, values.length));
    }
  }

  /**
   * One picture of a batch.
   *
   * @param values {@code [N, height, width, classes]}
   * @param n which picture, from 0
   */
  public static LogitMap of(float[] values, int n, int height, int width, int classes) {
    return new LogitMap(height, width, classes, values, n * height * width * classes);
  }

  /**
   * The class of every pixel of the picture: scores are interpolated bilinearly at its middle, the
   * highest wins, of equal ones the first.
   *
   * <p>Up-sampling and the way back out of the letterbox are one interpolation, so that borders are
   * as smooth in a large picture as in one of the network's size.
   *
   * @param box how the picture was brought to the network's size
   */
  public LabelMap decode(Letterbox box) {
    Bilinear rows =
        Bilinear.axis(height, box.sourceHeight(), y -> box.inputY(y) * height / box.height());
    Bilinear columns =
        Bilinear.axis(width, box.sourceWidth(), x -> box.inputX(x) * width / box.width());
    byte[] labels = new byte[Math.multiplyExact(rows.size(), columns.size())];
    float[] row = new float[width * classes];
    float[] scores = new float[classes];
    int i = 0;
    for (int y = 0; y < rows.size(); y++) {
      rows.row(values, offset, y, row);
      for (int x = 0; x < columns.size(); x++) {
        columns.pixel(row, x, scores);
        labels[i++] = (byte) highest(scores);
      }
    }
    return new LabelMap(rows.size(), columns.size(), labels);
  }

  private static int highest(float[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[best]) {
        best = k;
      }
    }
    return best;
  }
}

package ai.binealnet.detect.decode;

import java.util.Map;

/**
 * What the network puts out for a batch, on a grid of cells of {@code stride} pixels; all arrays
 * row-major with channels last.
 *
 * @param height rows of the grid
 * @param width columns of the grid
 * @param classes number of classes
 * @param heatmap [N,height,width,classes]: logits of "the centre of an object of this class is
 *     here"
 * @param size [N,height,width,2]: width and height of that object, in cells
 * @param offset [N,height,width,2]: where in the cell its centre is, x and y
 */
public record RawOutputs(
    int height, int width, int classes, float[] heatmap, float[] size, float[] offset) {
  /** Name of the network's first output. */
  public static final String HEATMAP = "head.heatmap";

  /** Name of the network's second output. */
  public static final String SIZE = "head.size";

  /** Name of the network's third output. */
  public static final String OFFSET = "head.offset";

  /**
   * Checks that the arrays belong together.
   *
   * @throws IllegalArgumentException if they do not
   */
  public RawOutputs {
    long cells = (long) height * width;
    long count = cells * classes == 0 ? 0 : heatmap.length / (cells * classes);
    if (count < 1
        || heatmap.length != count * cells * classes
        || size.length != 2 * count * cells
        || offset.length != 2 * count * cells) {
      throw new IllegalArgumentException(
          "no outputs of a %dx%d grid with %d classes: %d, %d and %d values"
              .formatted(height, width, classes, heatmap.length, size.length, offset.length));
    }
  }

  /**
   * The outputs by their names, as a model file gives them.
   *
   * @param values arrays by {@link #HEATMAP}, {@link #SIZE} and {@link #OFFSET}
   */
  public static RawOutputs of(int height, int width, int classes, Map<String, float[]> values) {
    return new RawOutputs(
        height, width, classes, values.get(HEATMAP), values.get(SIZE), values.get(OFFSET));
  }

  /** Pictures in the batch. */
  public int count() {
    return heatmap.length / (height * width * classes);
  }
}

package ai.binealnet.detect.decode;

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
   * The flip test (Zhou et al., 2019, section 5): the mean of these outputs and of those for the
   * mirrored pictures, mirrored back. Probabilities of centres and sizes are averaged; where in its
   * cell a centre is stays as it was.
   *
   * @param mirrored what the network puts out for the same pictures, mirrored left to right
   * @throws IllegalArgumentException if that is another grid, or another number of pictures
   */
  public RawOutputs meanWithMirror(RawOutputs mirrored) {
    if (mirrored.width != width
        || mirrored.classes != classes
        || mirrored.heatmap.length != heatmap.length) {
      throw new IllegalArgumentException(
          "outputs of other pictures: %d x %d cells and %d classes against %d x %d and %d"
              .formatted(
                  height, width, classes, mirrored.height, mirrored.width, mirrored.classes));
    }
    return new RawOutputs(
        height,
        width,
        classes,
        mean(heatmap, mirrored.heatmap, classes, RawOutputs::meanLogit),
        mean(size, mirrored.size, 2, (a, b) -> (a + b) / 2),
        offset);
  }

  private interface Mean {
    float of(float first, float second);
  }

  /** Cell by cell with the cell at the same distance from the other side. */
  private float[] mean(float[] straight, float[] mirrored, int channels, Mean mean) {
    float[] means = new float[straight.length];
    for (int i = 0; i < means.length; i++) {
      int column = i / channels % width;
      int opposite = i + (width - 1 - 2 * column) * channels;
      means[i] = mean.of(straight[i], mirrored[opposite]);
    }
    return means;
  }

  /** The logit of the mean of two probabilities; complements keep the digits of large logits. */
  private static float meanLogit(float first, float second) {
    return (float)
        Math.log((sigmoid(first) + sigmoid(second)) / (sigmoid(-first) + sigmoid(-second)));
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** Pictures in the batch. */
  public int count() {
    return heatmap.length / (height * width * classes);
  }
}

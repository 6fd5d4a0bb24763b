package ai.binealnet.match.loss;

/**
 * Square windows that overlap by half; at least one.
 *
 * @param height rows of a map
 * @param width columns of a map
 * @param side of a window
 */
record Windows(int height, int width, int side) {
  /** Checks that a window fits. */
  Windows {
    if (side < 1 || side > height || side > width) {
      throw new IllegalArgumentException(
          "a window of %d does not fit a map of %d x %d".formatted(side, height, width));
    }
  }

  /** Flat indices of the windows' first pixels. */
  int[] corners() {
    int step = Math.max(1, side / 2);
    int rows = (height - side) / step + 1;
    int columns = (width - side) / step + 1;
    int[] corners = new int[rows * columns];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = i / columns * step * width + i % columns * step;
    }
    return corners;
  }
}

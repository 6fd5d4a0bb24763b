package ai.binealnet.match.decode;

import ai.binealnet.core.data.Image;

/**
 * A picture at one size, and what the network says to it.
 *
 * @param picture the network's input
 * @param maps its outputs
 */
public record Level(Image picture, FeatureMaps maps) {
  private static final int REACH = 8;
  private static final int SMALLEST_DIFFERENCE = 2;

  /** Checks that the cells cover the picture. */
  public Level {
    int cell = maps.cell();
    if (maps.height() != (picture.height() + cell - 1) / cell
        || maps.width() != (picture.width() + cell - 1) / cell) {
      throw new IllegalArgumentException(
          "%d x %d cells of %d pixels do not cover %s"
              .formatted(maps.height(), maps.width(), cell, picture));
    }
  }

  /**
   * Whether anything can be seen around a pixel: where all is alike, nothing can be found again.
   */
  boolean hasTexture(int x, int y) {
    int channels = picture.channels();
    for (int row = Math.max(0, y - REACH);
        row <= Math.min(picture.height() - 1, y + REACH);
        row++) {
      for (int c = 0; c < channels; c++) {
        int from = Math.max(0, x - REACH);
        int to = Math.min(picture.width() - 1, x + REACH);
        if (differs(row, from, to, c, picture.at(y, x, c))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean differs(int row, int from, int to, int channel, int value) {
    for (int column = from; column <= to; column++) {
      if (Math.abs(picture.at(row, column, channel) - value) >= SMALLEST_DIFFERENCE) {
        return true;
      }
    }
    return false;
  }
}

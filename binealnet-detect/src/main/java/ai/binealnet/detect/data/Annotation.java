package ai.binealnet.detect.data;

import ai.binealnet.detect.decode.Box;
import java.nio.file.Path;
import java.util.List;

/**
 * What is written about a picture, before it is read.
 *
 * @param name of the picture
 * @param picture its file
 * @param height rows as written, 0 where nothing is
 * @param width columns as written, 0 where nothing is
 * @param objects as written
 */
record Annotation(String name, Path picture, int height, int width, List<Entry> objects) {
  /**
   * An object as written.
   *
   * @param name of its class
   * @param x1 left edge, continuous
   * @param y1 top edge
   * @param x2 right edge, maybe left of the left one
   * @param y2 bottom edge, maybe above the top one
   * @param hasArea false for a box that the file gives no extent
   * @param difficult as in {@link LabeledBox}
   * @param crowd as in {@link LabeledBox}
   */
  record Entry(
      String name,
      double x1,
      double y1,
      double x2,
      double y2,
      boolean hasArea,
      boolean difficult,
      boolean crowd) {
    Box box() {
      return new Box(x1, y1, x2, y2);
    }
  }
}

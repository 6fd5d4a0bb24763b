package ai.binealnet.segment.decode;

import ai.binealnet.core.data.Image;
import java.util.Arrays;
import java.util.Objects;

/**
 * The class of every pixel, rows from the top. The array is shared, not copied: treat a label map
 * as immutable.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param labels {@code [height, width]}, each an unsigned byte: a class number or {@link #VOID}
 */
public record LabelMap(int height, int width, byte[] labels) {
  /** The label of pixels that belong to no class; they count in no loss and no score. */
  public static final int VOID = 255;

  /** Checks that the array fits the size. */
  public LabelMap {
    Objects.requireNonNull(labels, "labels");
    if (height < 1 || width < 1 || labels.length != (long) height * width) {
      throw new IllegalArgumentException(
          "%d labels do not make a map of %d x %d".formatted(labels.length, height, width));
    }
  }

  /** The values of a picture of one channel as labels. */
  public static LabelMap of(Image grey) {
    if (grey.channels() != 1) {
      throw new IllegalArgumentException("labels have one channel, got " + grey);
    }
    return new LabelMap(grey.height(), grey.width(), grey.pixels());
  }

  /** The class of a pixel, or {@link #VOID}. */
  public int at(int y, int x) {
    return labels[y * width + x] & 0xff;
  }

  /** The labels as a picture of one channel: what a label PNG holds. */
  public Image toImage() {
    return new Image(height, width, 1, labels);
  }

  /** The labels at another size; each is that of the pixel whose middle is nearest. */
  public LabelMap resize(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    byte[] to = new byte[newHeight * newWidth];
    int[] columns = nearest(width, newWidth);
    int[] rows = nearest(height, newHeight);
    for (int y = 0; y < newHeight; y++) {
      int row = rows[y] * width;
      for (int x = 0; x < newWidth; x++) {
        to[y * newWidth + x] = labels[row + columns[x]];
      }
    }
    return new LabelMap(newHeight, newWidth, to);
  }

  private static int[] nearest(int from, int to) {
    int[] indices = new int[to];
    for (int i = 0; i < to; i++) {
      indices[i] =
          (int) ((2L * i + 1) * from / (2L * to)); // the middle (i + 0.5) / to, in integers
    }
    return indices;
  }

  /** How many pixels each of the first {@code classes} classes has. */
  public long[] pixels(int classes) {
    long[] all = new long[VOID + 1];
    for (byte label : labels) {
      all[label & 0xff]++;
    }
    return Arrays.copyOf(all, classes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap map
        && height == map.height
        && width == map.width
        && Arrays.equals(labels, map.labels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "LabelMap[" + height + "x" + width + "]";
  }
}

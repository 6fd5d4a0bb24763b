package ai.binealnet.detect.loss;

import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch should make the network put out (CenterNet, Zhou et al., 2019), on a grid of cells
 * of {@code stride} pixels.
 *
 * @param heatmap [N,H,W,classes]: 1 at the cell of each object's centre, falling off around it like
 *     {@code exp(-d² / 2σ²)} with σ = (2r + 1) / 6 and {@link GaussianRadius} r, rounded down
 * @param cells for each object, the number of its centre's cell in [N,H,W]
 * @param sizes for each object, width and height in cells
 * @param offsets for each object, where in the cell its centre is, x and y in [0, 1)
 */
public record CenterTargets(float[] heatmap, int[] cells, float[] sizes, float[] offsets) {
  private static final double OVERLAP = 0.7;

  /**
   * The value inside a crowd, whose members nobody marked: not an object, yet so close to one that
   * the loss forgives any answer.
   */
  private static final float CROWD = 0.999f;

  /** Number of objects. */
  public int objects() {
    return cells.length;
  }

  /**
   * The targets of samples that fill the network's input.
   *
   * @param height rows of the grid
   * @param width columns of the grid
   * @param classes number of classes
   * @param stride pixels of a cell's side
   */
  public static CenterTargets of(
      List<DetectionSample> samples, int height, int width, int classes, int stride) {
    Builder builder = new Builder(samples.size(), height, width, classes, stride);
    for (int n = 0; n < samples.size(); n++) {
      for (LabeledBox box : samples.get(n).boxes()) {
        builder.add(n, box);
      }
    }
    return builder.build();
  }

  private static final class Builder {
    private final int height;
    private final int width;
    private final int classes;
    private final double stride;
    private final float[] heatmap;
    private final List<Integer> cells = new ArrayList<>();
    private final List<Float> sizes = new ArrayList<>();
    private final List<Float> offsets = new ArrayList<>();

    Builder(int count, int height, int width, int classes, int stride) {
      this.height = height;
      this.width = width;
      this.classes = classes;
      this.stride = stride;
      heatmap = new float[Math.multiplyExact(count * height, width * classes)];
    }

    void add(int image, LabeledBox object) {
      Box box = object.box();
      if (object.crowd()) {
        ignore(image, object);
        return;
      }
      double x = (box.x1() + box.x2()) / 2 / stride;
      double y = (box.y1() + box.y2()) / 2 / stride;
      int column = Math.min(width - 1, (int) x);
      int row = Math.min(height - 1, (int) y);
      cells.add((image * height + row) * width + column);
      sizes.add((float) (box.width() / stride));
      sizes.add((float) (box.height() / stride));
      offsets.add((float) (x - column));
      offsets.add((float) (y - row));
      int radius = (int) GaussianRadius.of(box.width() / stride, box.height() / stride, OVERLAP);
      splat(image, row, column, object.label(), radius);
    }

    private void splat(int image, int row, int column, int label, int radius) {
      double sigma = (2 * radius + 1) / 6.0;
      for (int y = Math.max(0, row - radius); y <= Math.min(height - 1, row + radius); y++) {
        for (int x = Math.max(0, column - radius); x <= Math.min(width - 1, column + radius); x++) {
          int squared = (y - row) * (y - row) + (x - column) * (x - column);
          raise(image, y, x, label, (float) Math.exp(-squared / (2 * sigma * sigma)));
        }
      }
    }

    private void ignore(int image, LabeledBox crowd) {
      Box box = crowd.box();
      for (int y = (int) (box.y1() / stride); y < Math.min(height, box.y2() / stride); y++) {
        for (int x = (int) (box.x1() / stride); x < Math.min(width, box.x2() / stride); x++) {
          raise(image, y, x, crowd.label(), CROWD);
        }
      }
    }

    private void raise(int image, int y, int x, int label, float value) {
      int i = ((image * height + y) * width + x) * classes + label;
      heatmap[i] = Math.max(heatmap[i], value);
    }

    CenterTargets build() {
      return new CenterTargets(
          heatmap,
          cells.stream().mapToInt(Integer::intValue).toArray(),
          array(sizes),
          array(offsets));
    }

    private static float[] array(List<Float> values) {
      float[] array = new float[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.get(i);
      }
      return array;
    }
  }
}

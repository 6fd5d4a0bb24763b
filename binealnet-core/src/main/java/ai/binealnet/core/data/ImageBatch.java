package ai.binealnet.core.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Pictures ready for a network, with their classes. The arrays are shared, not copied.
 *
 * @param spec how the pixels were normalised; gives height, width and channels
 * @param pixels {@code [count, height, width, channels]} float32, normalised
 * @param labels {@code [count]}
 */
public record ImageBatch(ImageSpec spec, float[] pixels, int[] labels) {
  /** Checks that the arrays fit together. */
  public ImageBatch {
    Objects.requireNonNull(spec, "spec");
    if (labels.length == 0 || pixels.length != (long) labels.length * spec.elements()) {
      throw new IllegalArgumentException(
          "a batch of "
              + labels.length
              + " images needs "
              + (long) labels.length * spec.elements()
              + " floats and at least one image, got "
              + pixels.length
              + " floats");
    }
  }

  /** The number of pictures. */
  public int count() {
    return labels.length;
  }

  /** Makes batches for a {@link DataLoader}; every picture must already have the spec's size. */
  public static Function<List<LabeledImage>, ImageBatch> collate(ImageSpec spec) {
    return samples -> {
      float[] pixels = new float[Math.multiplyExact(samples.size(), spec.elements())];
      int[] labels = new int[samples.size()];
      for (int i = 0; i < labels.length; i++) {
        spec.normalize(samples.get(i).image(), pixels, i * spec.elements());
        labels[i] = samples.get(i).label();
      }
      return new ImageBatch(spec, pixels, labels);
    };
  }
}

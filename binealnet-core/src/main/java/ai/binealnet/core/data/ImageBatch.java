package ai.binealnet.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Pictures ready for a network, with their classes. The arrays are shared, not copied.
 *
 * @param spec how the pixels were normalised; gives height, width and channels
 * @param pixels {@code [count, height, width, channels]} float32, normalised
 * @param labels {@code [count]}
 * @param share of each picture's own class in its target, in [0, 1]; the rest belongs to the
 *     picture that it was {@link Mixup mixed} with, counted from the other end of the batch
 */
public record ImageBatch(ImageSpec spec, float[] pixels, int[] labels, float share) {
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

  /** Pictures of one class each. */
  public ImageBatch(ImageSpec spec, float[] pixels, int[] labels) {
    this(spec, pixels, labels, 1);
  }

  /**
   * The probabilities to learn, {@code [count, classes]}, with label smoothing (Szegedy et al.,
   * 2016): {@code (1 - smoothing) t + smoothing / classes}, where t is 1 on the class, or shared
   * between two.
   */
  public float[] targets(int classes, float smoothing) {
    float[] targets = new float[count() * classes];
    Arrays.fill(targets, smoothing / classes);
    for (int n = 0; n < count(); n++) {
      targets[n * classes + labels[n]] += (1 - smoothing) * share;
      if (share < 1) {
        targets[n * classes + labels[count() - 1 - n]] += (1 - smoothing) * (1 - share);
      }
    }
    return targets;
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

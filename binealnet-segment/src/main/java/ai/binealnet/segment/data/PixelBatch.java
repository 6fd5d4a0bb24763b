package ai.binealnet.segment.data;

import ai.binealnet.core.data.ImageSpec;
import java.util.List;

/**
 * Pictures ready for a network, with the class of each pixel. The arrays are shared, not copied.
 *
 * @param spec how the pixels were normalised; gives height, width and channels
 * @param pixels {@code [count, height, width, channels]} float32, normalised
 * @param labels {@code [count, height, width]}
 */
public record PixelBatch(ImageSpec spec, float[] pixels, byte[] labels) {

  /** Makes a batch of samples of the spec's size. */
  public static PixelBatch of(List<SegmentSample> samples, ImageSpec spec) {
    int area = spec.height() * spec.width();
    float[] pixels = new float[Math.multiplyExact(samples.size(), spec.elements())];
    byte[] labels = new byte[samples.size() * area];
    for (int i = 0; i < samples.size(); i++) {
      spec.normalize(samples.get(i).image(), pixels, i * spec.elements());
      System.arraycopy(samples.get(i).labels().labels(), 0, labels, i * area, area);
    }
    return new PixelBatch(spec, pixels, labels);
  }

  /** The number of pictures. */
  public int count() {
    return labels.length / (spec.height() * spec.width());
  }
}

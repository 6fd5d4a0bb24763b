package ai.binealnet.detect.loss;

import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.detect.data.DetectionSample;
import java.util.List;

/**
 * Pictures ready for the network, with what it should make of them. The arrays are shared, not
 * copied.
 *
 * @param pixels [N,H,W,channels] float32, normalised
 * @param count N
 * @param targets what to put out
 */
public record DetectionBatch(float[] pixels, int count, CenterTargets targets) {
  /**
   * Makes a batch of samples that fill the network's input.
   *
   * @param classes number of classes
   * @param stride pixels of a cell's side
   */
  public static DetectionBatch of(
      List<DetectionSample> samples, ImageSpec spec, int classes, int stride) {
    float[] pixels = new float[Math.multiplyExact(samples.size(), spec.elements())];
    for (int i = 0; i < samples.size(); i++) {
      spec.normalize(samples.get(i).image(), pixels, i * spec.elements());
    }
    CenterTargets targets =
        CenterTargets.of(samples, spec.height() / stride, spec.width() / stride, classes, stride);
    return new DetectionBatch(pixels, samples.size(), targets);
  }
}

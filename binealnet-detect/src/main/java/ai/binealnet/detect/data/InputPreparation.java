package ai.binealnet.detect.data;

import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.Letterbox;
import java.util.random.RandomGenerator;

/**
 * Brings samples to a network's size.
 *
 * @param spec the network's input
 * @param augment what may change at random in training
 */
public record InputPreparation(ImageSpec spec, DetectAugment augment) {
  /** The whole picture, letterboxed, its boxes in the input's pixels. */
  public DetectionSample fit(DetectionSample sample) {
    return View.of(Letterbox.of(sample.image(), spec)).apply(sample);
  }

  /** The same, changed at random. */
  public DetectionSample augmented(DetectionSample sample, RandomGenerator random) {
    if (!augment.enabled()) {
      return fit(sample);
    }
    DetectionSample viewed =
        View.random(sample.image(), spec.height(), spec.width(), augment, random).apply(sample);
    return augment.jitter().enabled()
        ? new DetectionSample(
            viewed.name(), augment.jitter().apply(viewed.image(), random), viewed.boxes())
        : viewed;
  }
}

package ai.binealnet.core.data;

import java.util.Objects;

/**
 * A picture and its class.
 *
 * @param image the picture
 * @param label the class, from 0
 */
public record LabeledImage(Image image, int label) {
  /** Checks the parts. */
  public LabeledImage {
    Objects.requireNonNull(image, "image");
    if (label < 0) {
      throw new IllegalArgumentException("a label is >= 0, got " + label);
    }
  }

  /** The same label for another picture, e.g. an augmented one. */
  public LabeledImage withImage(Image other) {
    return new LabeledImage(other, label);
  }
}

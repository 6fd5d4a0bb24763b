package ai.binealnet.detect.data;

import ai.binealnet.core.data.Image;
import java.util.List;

/**
 * A picture and its objects, of which there may be none.
 *
 * @param name of the picture
 * @param image the picture
 * @param boxes in its pixels, each with some area inside it
 */
public record DetectionSample(String name, Image image, List<LabeledBox> boxes) {
  /** Copies the list. */
  public DetectionSample {
    boxes = List.copyOf(boxes);
  }
}

package ai.binealnet.segment.data;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.segment.decode.LabelMap;
import java.util.Arrays;

/**
 * A picture and the class of each of its pixels.
 *
 * @param name of the file, without extension
 * @param image the picture
 * @param labels of the same size
 */
public record SegmentSample(String name, Image image, LabelMap labels) {
  /** Checks the sizes. */
  public SegmentSample {
    if (image.height() != labels.height() || image.width() != labels.width()) {
      throw new IllegalArgumentException(image + " and " + labels + " differ in size");
    }
  }

  /** The sample at a network's size; bars beside the picture are void. */
  public SegmentSample fitTo(int height, int width) {
    Letterbox box = new Letterbox(image.height(), image.width(), height, width);
    LabelMap inner = labels.resize(box.innerHeight(), box.innerWidth());
    byte[] padded = new byte[height * width];
    Arrays.fill(padded, (byte) LabelMap.VOID);
    for (int y = 0; y < inner.height(); y++) {
      int to = (box.top() + y) * width + box.left();
      System.arraycopy(inner.labels(), y * inner.width(), padded, to, inner.width());
    }
    return new SegmentSample(name, box.apply(image), new LabelMap(height, width, padded));
  }
}

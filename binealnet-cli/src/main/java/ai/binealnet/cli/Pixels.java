package ai.binealnet.cli;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import java.util.List;

/** Pictures as a model file takes them: uint8 [N,H,W,C] in its colour order. */
final class Pixels {
  private Pixels() {}

  /**
   * Lines pictures up.
   *
   * @throws UserError if one has another size
   */
  static byte[] of(ImageSpec input, List<Image> images) {
    int channels = input.colorOrder().channels();
    float[] zero = new float[channels];
    float[] one = new float[channels];
    java.util.Arrays.fill(one, 1f);
    // Normalising by 0 and 1 leaves the pixel values, in the model's colour order.
    ImageSpec raw = new ImageSpec(input.colorOrder(), input.height(), input.width(), zero, one);
    byte[] pixels = new byte[Math.multiplyExact(images.size(), raw.elements())];
    float[] values = new float[raw.elements()];
    for (int n = 0; n < images.size(); n++) {
      raw.normalize(images.get(n), values, 0);
      for (int i = 0; i < values.length; i++) {
        pixels[n * values.length + i] = (byte) (int) values[i];
      }
    }
    return pixels;
  }
}

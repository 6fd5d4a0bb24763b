package ai.binealnet.superres.decode;

import ai.binealnet.core.data.Image;

/** A super-resolution network, wherever it runs. */
@FunctionalInterface
public interface PixelModel {
  /**
   * Enlarges a picture.
   *
   * @param image RGB
   * @return [scale height, scale width, 3] in units of pixel values, neither rounded nor clipped
   */
  float[] run(Image image);
}

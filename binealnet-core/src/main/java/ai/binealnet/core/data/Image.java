package ai.binealnet.core.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * An 8-bit picture in memory, in RGB order (or grey), rows from the top. The pixel array is shared,
 * not copied: treat an image as immutable.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels 3 (red, green, blue) or 1 (grey)
 * @param pixels {@code [height, width, channels]}, interleaved; a byte is an unsigned value 0..255
 */
public record Image(int height, int width, int channels, byte[] pixels) {
  /** Checks that the array fits the shape. */
  public Image {
    Objects.requireNonNull(pixels, "pixels");
    if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "an image needs height and width >= 1 and 1 or 3 channels, got "
              + height
              + "x"
              + width
              + "x"
              + channels);
    }
    if (pixels.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          "an image of "
              + height
              + "x"
              + width
              + "x"
              + channels
              + " needs "
              + (long) height * width * channels
              + " bytes, got "
              + pixels.length);
    }
  }

  /** The value of one channel of one pixel, 0..255. */
  public int at(int y, int x, int channel) {
    return pixels[(y * width + x) * channels + channel] & 0xff;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image
        && height == ((Image) other).height
        && width == ((Image) other).width
        && channels == ((Image) other).channels
        && Arrays.equals(pixels, ((Image) other).pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "Image[" + height + "x" + width + "x" + channels + "]";
  }
}

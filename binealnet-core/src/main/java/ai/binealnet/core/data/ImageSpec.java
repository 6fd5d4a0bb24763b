package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How a picture becomes a network's input. Written once, at training; it travels in the checkpoint
 * and the model file to the device, where the same {@link #normalize} runs.
 *
 * <p>Formula, per channel c and in float32: {@code x = (p - mean[c]) / std[c]} with the pixel p in
 * 0..255.
 *
 * <p>The standard specs use mean 128 and std 64 instead of a dataset's statistics. Subtracting an
 * integer from an integer and dividing by a power of two are exact in float32, so training, the
 * plain reference and the device get the very same input bits, and a first layer with 8-bit weights
 * may be computed on the raw pixels in integers. The batch norm that follows the first convolution
 * learns what little the statistics would have added.
 *
 * @param colorOrder the order of the channels
 * @param height rows of the input
 * @param width columns of the input
 * @param mean per channel, in pixel units, i.e. 0..255
 * @param std per channel, in pixel units, greater than 0
 */
public record ImageSpec(ColorOrder colorOrder, int height, int width, float[] mean, float[] std) {
  /** Checks the parts and copies the arrays. */
  public ImageSpec {
    Objects.requireNonNull(colorOrder, "colorOrder");
    mean = mean.clone();
    std = std.clone();
    int channels = colorOrder.channels();
    if (height < 1 || width < 1 || mean.length != channels || std.length != channels) {
      throw new IllegalArgumentException(
          "an image spec needs height and width >= 1 and "
              + channels
              + " values of mean and std, got "
              + height
              + "x"
              + width
              + ", mean "
              + Arrays.toString(mean)
              + ", std "
              + Arrays.toString(std));
    }
    for (int c = 0; c < channels; c++) {
      if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || std[c] <= 0) {
        throw new IllegalArgumentException(
            "mean must be finite and std finite and > 0, got " + mean[c] + " and " + std[c]);
      }
    }
  }

  /**
   * RGB with mean 128 and std 64 in every channel, so that inputs lie in -2 .. 1.984375, all exact.
   */
  public static ImageSpec rgb(int height, int width) {
    return new ImageSpec(
        ColorOrder.RGB, height, width, new float[] {128, 128, 128}, new float[] {64, 64, 64});
  }

  /** The input of the CIFAR networks: {@link #rgb} 32 x 32. */
  public static ImageSpec cifar() {
    return rgb(32, 32);
  }

  /** The input of the ImageNet networks: {@link #rgb} 224 x 224. */
  public static ImageSpec imagenet() {
    return rgb(224, 224);
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] std() {
    return std.clone();
  }

  /** The same for pictures of another size. */
  public ImageSpec withSize(int rows, int columns) {
    return new ImageSpec(colorOrder, rows, columns, mean, std);
  }

  /** How many floats {@link #normalize} writes: height * width * channels. */
  public int elements() {
    return height * width * colorOrder.channels();
  }

  /**
   * Writes a picture as a network's input, {@code [height, width, channels]} in this spec's colour
   * order. A grey picture fills all colour channels; a colour picture becomes grey by the luma of
   * BT.601.
   *
   * @param image of exactly this spec's size
   * @param out where to write
   * @param offset index of the first float written; {@link #elements} floats follow
   * @throws UserError if the picture has another size
   */
  public void normalize(Image image, float[] out, int offset) {
    requireSize(image);
    Objects.checkFromIndexSize(offset, elements(), out.length);
    int channels = colorOrder.channels();
    for (int c = 0; c < channels; c++) {
      for (int i = 0, o = offset + c; i < height * width; i++, o += channels) {
        out[o] = (value(image, i, c) - mean[c]) / std[c];
      }
    }
  }

  /**
   * Pictures as a model file takes them: uint8 [N,H,W,C] in this spec's colour order, not
   * normalised, grey and colour as in {@link #normalize}.
   *
   * @param images all of this spec's size
   * @throws UserError if one has another size
   */
  public byte[] pixels(List<Image> images) {
    byte[] pixels = new byte[Math.multiplyExact(images.size(), elements())];
    int channels = colorOrder.channels();
    int to = 0;
    for (Image image : images) {
      requireSize(image);
      for (int i = 0; i < height * width; i++) {
        for (int c = 0; c < channels; c++) {
          pixels[to++] = (byte) value(image, i, c);
        }
      }
    }
    return pixels;
  }

  private void requireSize(Image image) {
    if (image.height() != height || image.width() != width) {
      throw new UserError(
          "image size does not fit the model",
          height + " rows x " + width + " columns",
          image.height() + " rows x " + image.width() + " columns",
          "resize the image first");
    }
  }

  /** The pixel value 0..255 of this spec's channel c at pixel number i. */
  private int value(Image image, int i, int c) {
    byte[] pixels = image.pixels();
    if (image.channels() == 1) {
      return pixels[i] & 0xff;
    }
    switch (colorOrder) {
      case RGB:
        return pixels[3 * i + c] & 0xff;
      case BGR:
        return pixels[3 * i + 2 - c] & 0xff;
      default:
        return luma(pixels[3 * i] & 0xff, pixels[3 * i + 1] & 0xff, pixels[3 * i + 2] & 0xff);
    }
  }

  /**
   * 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded, in 14-bit fixed point as OpenCV does it.
   */
  private static int luma(int red, int green, int blue) {
    return (4899 * red + 9617 * green + 1868 * blue + (1 << 13)) >> 14;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageSpec
        && colorOrder == ((ImageSpec) other).colorOrder
        && height == ((ImageSpec) other).height
        && width == ((ImageSpec) other).width
        && Arrays.equals(mean, ((ImageSpec) other).mean)
        && Arrays.equals(std, ((ImageSpec) other).std);
  }

  @Override
  public int hashCode() {
    return Objects.hash(colorOrder, height, width, Arrays.hashCode(mean), Arrays.hashCode(std));
  }

  @Override
  public String toString() {
    return "ImageSpec["
        + colorOrder
        + " "
        + height
        + "x"
        + width
        + ", mean "
        + Arrays.toString(mean)
        + ", std "
        + Arrays.toString(std)
        + "]";
  }
}

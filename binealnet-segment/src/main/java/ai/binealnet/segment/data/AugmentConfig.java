package ai.binealnet.segment.data;

import ai.binealnet.core.data.ColorJitter;
import ai.binealnet.core.data.HorizontalFlip;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.segment.decode.LabelMap;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How training pictures are changed at random, and their labels with them: a part of random place
 * and scale, mirrored or not, with other colours. The network is fully convolutional: it may train
 * on crops smaller than the {@code input} that it reads afterwards.
 *
 * @param enabled false trains on whole pictures of {@code input}'s size
 * @param cropHeight rows of a training crop; 0 for those of {@code input}
 * @param cropWidth columns of a training crop; 0 for those of {@code input}
 * @param minScale smallest factor on the size that the picture has in the network's input, more
 *     than 0
 * @param maxScale largest factor
 * @param flip whether every second picture is mirrored
 * @param jitter of the colours
 */
public record AugmentConfig(
    boolean enabled,
    int cropHeight,
    int cropWidth,
    double minScale,
    double maxScale,
    boolean flip,
    ColorJitter jitter) {
  private static final byte GREY = (byte) 128;
  private static final byte OUTSIDE = (byte) LabelMap.VOID;

  /** Checks the ranges. */
  public AugmentConfig {
    Objects.requireNonNull(jitter, "jitter");
    boolean scales = minScale > 0 && minScale <= maxScale && maxScale < Double.POSITIVE_INFINITY;
    if (cropHeight < 0 || cropWidth < 0 || !scales) {
      throw new IllegalArgumentException(
          "crops must be >= 0 and 0 < minScale <= maxScale, got %d, %d, %s and %s"
              .formatted(cropHeight, cropWidth, minScale, maxScale));
    }
  }

  /** Scaled by 0.5 to 2, mirrored, with slightly other colours. */
  public static AugmentConfig defaults() {
    return new AugmentConfig(true, 0, 0, 0.5, 2, true, new ColorJitter(0.2, 0.2, 0.2));
  }

  /** What training pictures become. */
  public ImageSpec crop(ImageSpec input) {
    return new ImageSpec(
        input.colorOrder(),
        enabled && cropHeight > 0 ? cropHeight : input.height(),
        enabled && cropWidth > 0 ? cropWidth : input.width(),
        input.mean(),
        input.std());
  }

  /**
   * A changed sample of the size of {@link #crop}; the given one stays as it is. What a crop shows
   * beyond the picture is grey and void.
   *
   * @param input what the network reads
   */
  public SegmentSample apply(SegmentSample sample, ImageSpec input, RandomGenerator random) {
    if (!enabled) {
      return sample.fitTo(input.height(), input.width());
    }
    ImageSpec crop = crop(input);
    Letterbox box = Letterbox.of(sample.image(), input);
    double usual = (double) box.innerHeight() / box.sourceHeight();
    double scale = usual * (minScale + (maxScale - minScale) * random.nextDouble());
    int height = (int) Math.max(1, Math.round(crop.height() / scale));
    int width = (int) Math.max(1, Math.round(crop.width() / scale));
    int top = place(sample.image().height() - height, random);
    int left = place(sample.image().width() - width, random);
    Image image = window(sample.image(), top, left, height, width, GREY);
    Image labels = window(sample.labels().toImage(), top, left, height, width, OUTSIDE);
    if (flip && random.nextBoolean()) {
      image = HorizontalFlip.mirror(image);
      labels = HorizontalFlip.mirror(labels);
    }
    image = ImageFiles.resize(image, crop.height(), crop.width());
    if (jitter.enabled()) {
      image = jitter.apply(image, random);
    }
    LabelMap map = LabelMap.of(labels).resize(crop.height(), crop.width());
    return new SegmentSample(sample.name(), image, map);
  }

  /** Where a window begins: inside the picture, or around it if it is the larger one. */
  private static int place(int slack, RandomGenerator random) {
    int offset = random.nextInt(Math.abs(slack) + 1);
    return slack < 0 ? -offset : offset;
  }

  /** A rectangle of the picture, which may reach beyond its borders. */
  private static Image window(Image image, int top, int left, int height, int width, byte fill) {
    int channels = image.channels();
    byte[] out = new byte[height * width * channels];
    Arrays.fill(out, fill);
    int from = Math.max(0, left);
    int length = (Math.min(image.width(), left + width) - from) * channels;
    for (int y = Math.max(0, -top); y < Math.min(height, image.height() - top); y++) {
      int source = ((top + y) * image.width() + from) * channels;
      System.arraycopy(image.pixels(), source, out, (y * width + from - left) * channels, length);
    }
    return new Image(height, width, channels, out);
  }
}

package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How training pictures are changed at random; {@code docs/training.md} explains every key.
 *
 * @param enabled false turns all of it off
 * @param crop how a part of the picture is chosen
 * @param padding pixels by which {@link Crop#SHIFT} moves at most
 * @param minArea smallest part of the picture that {@link Crop#RESIZED} takes, in (0, 1]
 * @param flip whether every second picture is mirrored
 * @param jitter of the colours
 * @param cutout side of the hidden square in pixels; 0 for none
 * @param mixup alpha of {@link Mixup}; 0 for none
 */
public record AugmentConfig(
    boolean enabled,
    Crop crop,
    int padding,
    double minArea,
    boolean flip,
    ColorJitter jitter,
    int cutout,
    double mixup) {
  /** Rows up to which pictures are shifted rather than cropped at random scales. */
  private static final int SMALL = 64;

  private static final double MAX_ASPECT = 4.0 / 3;

  /** How a part of the picture is chosen. */
  public enum Crop {
    /** {@link #SHIFT} up to 64 rows, {@link #RESIZED} above. */
    AUTO,
    /** {@link RandomCrop}. */
    SHIFT,
    /** {@link RandomResizedCrop}. */
    RESIZED,
    /** The whole picture. */
    NONE
  }

  /** Checks the ranges. */
  public AugmentConfig {
    Objects.requireNonNull(crop, "crop");
    Objects.requireNonNull(jitter, "jitter");
    if (padding < 0 || cutout < 0 || !(minArea > 0 && minArea <= 1)) {
      throw new IllegalArgumentException(
          "padding and cutout must be >= 0, minArea in (0, 1], got %d, %d and %s"
              .formatted(padding, cutout, minArea));
    }
    new Mixup(mixup);
  }

  /** What is usual: shifts by 4 pixels, or crops of at least 8 %, and flips. */
  public static AugmentConfig defaults() {
    return new AugmentConfig(true, Crop.AUTO, 4, 0.08, true, new ColorJitter(0, 0, 0), 0, 0);
  }

  /**
   * The changes to one picture, in the order of the keys.
   *
   * @param spec size of the pictures, and the mean that hides squares
   * @throws UserError if the pictures are too small for it
   */
  public Augmentation augmentation(ImageSpec spec) {
    List<Augmentation> parts = new ArrayList<>();
    if (enabled) {
      addCrop(parts, spec);
      if (flip) {
        parts.add(new HorizontalFlip());
      }
      if (jitter.enabled()) {
        parts.add(jitter);
      }
      if (cutout > 0) {
        requireSmaller("augment.cutout", cutout, spec);
        parts.add(new Cutout(cutout, grey(spec)));
      }
    }
    return Augmentation.compose(parts);
  }

  private void addCrop(List<Augmentation> parts, ImageSpec spec) {
    boolean shift = crop == Crop.SHIFT || crop == Crop.AUTO && spec.height() <= SMALL;
    if (shift && padding > 0) {
      requireSmaller("augment.padding", padding, spec);
      parts.add(new RandomCrop(padding));
    } else if (!shift && crop != Crop.NONE) {
      parts.add(new RandomResizedCrop(spec.height(), spec.width(), minArea, 1, MAX_ASPECT));
    }
  }

  private static void requireSmaller(String key, int pixels, ImageSpec spec) {
    int side = Math.min(spec.height(), spec.width());
    if (pixels >= side) {
      throw new UserError(
          key + " does not fit the pictures",
          "less than " + side + " pixels, the picture's side",
          Integer.toString(pixels),
          "lower " + key + ", or set it to 0");
    }
  }

  private static int grey(ImageSpec spec) {
    double sum = 0;
    for (float mean : spec.mean()) {
      sum += mean;
    }
    return (int) Math.max(0, Math.min(255, Math.round(sum / spec.mean().length)));
  }

  /** The change to a whole batch. */
  public Mixup batchMixup() {
    return new Mixup(enabled ? mixup : 0);
  }
}

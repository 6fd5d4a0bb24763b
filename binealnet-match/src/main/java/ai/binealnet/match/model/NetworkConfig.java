package ai.binealnet.match.model;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.NetworkForm;
import ai.binealnet.core.nn.BinaryOptions;
import java.util.Locale;

/**
 * Which network to build.
 *
 * @param width factor on the number of channels
 * @param block what the trunk's convolutions are
 * @param cell side in pixels of what shares a descriptor: 1, 2 or 4. The first layer has this
 *     stride; the repeatability is still found for every pixel. A network of 2 costs a quarter of
 *     one of 1
 * @param dimensions length of a descriptor, in [8, 512]
 * @param binary variants of the binary convolutions; unused by {@link BlockKind#BASIC}
 */
public record NetworkConfig(
    double width, BlockKind block, int cell, int dimensions, BinaryOptions binary)
    implements NetworkForm {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public NetworkConfig {
    if (!(width > 0 && width <= 8)) {
      throw new IllegalArgumentException("width is a factor in (0, 8], got " + width);
    }
    if (cell != 1 && cell != 2 && cell != 4) {
      throw new IllegalArgumentException("cell is 1, 2 or 4, got " + cell);
    }
    if (dimensions < 8 || dimensions > 512) {
      throw new IllegalArgumentException("dimensions must be in [8, 512], got " + dimensions);
    }
  }

  /** Residual streams of R2D2's width, cells of 2 x 2 pixels, 128 dimensions. */
  public static NetworkConfig defaults() {
    return new NetworkConfig(1, BlockKind.STREAM, 2, 128, BinaryOptions.defaults());
  }

  /** The full-precision twin, of another width. */
  public NetworkConfig twin(double other) {
    return new NetworkConfig(other, BlockKind.BASIC, cell, dimensions, binary);
  }

  @Override
  public String title() {
    String factor =
        width == Math.rint(width) ? Integer.toString((int) width) : Double.toString(width);
    return "r2d2-x%s-cell%d-%s".formatted(factor, cell, block.name().toLowerCase(Locale.ROOT));
  }
}

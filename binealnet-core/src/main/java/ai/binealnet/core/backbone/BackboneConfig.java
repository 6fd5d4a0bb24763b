package ai.binealnet.core.backbone;

import ai.binealnet.core.nn.BinaryOptions;

/**
 * Which backbone to build.
 *
 * @param network family and depth, such as {@code resnet20} or {@code resnet18}
 * @param width factor on the number of channels
 * @param block block
 * @param stem first layer
 * @param binary variants of the binary blocks; unused by {@link BlockKind#BASIC}
 */
public record BackboneConfig(
    String network, double width, BlockKind block, StemKind stem, BinaryOptions binary) {
  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if it is not in (0, 8]
   */
  public BackboneConfig {
    if (!(width > 0 && width <= 8)) {
      throw new IllegalArgumentException("width is a factor in (0, 8], got " + width);
    }
  }

  /** The full-precision twin of the same depth and width. */
  public BackboneConfig twin() {
    return new BackboneConfig(network, width, BlockKind.BASIC, stem, binary);
  }

  /** A readable name, such as {@code resnet20-x1.5-stream}. */
  public String title() {
    String factor =
        width == Math.rint(width) ? Integer.toString((int) width) : Double.toString(width);
    return network + "-x" + factor + "-" + block.name().toLowerCase(java.util.Locale.ROOT);
  }
}

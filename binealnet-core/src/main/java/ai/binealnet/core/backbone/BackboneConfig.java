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
 * @param outputStride how many times coarser than the picture the last stage may be; where strides
 *     would go beyond, stages are dilated instead (see {@link ai.binealnet.core.nn.Sampling}). The
 *     weights are the same, so that a backbone trained with strides fits
 */
public record BackboneConfig(
    String network,
    double width,
    BlockKind block,
    StemKind stem,
    BinaryOptions binary,
    int outputStride)
    implements NetworkForm {
  /** No network is coarser. */
  public static final int COARSEST = 32;

  /**
   * Checks width and output stride.
   *
   * @throws IllegalArgumentException if the width is not in (0, 8] or the stride no power of two up
   *     to 32
   */
  public BackboneConfig {
    if (!(width > 0 && width <= 8)) {
      throw new IllegalArgumentException("width is a factor in (0, 8], got " + width);
    }
    if (outputStride < 1 || outputStride > COARSEST || Integer.bitCount(outputStride) != 1) {
      throw new IllegalArgumentException(
          "outputStride is a power of two up to " + COARSEST + ", got " + outputStride);
    }
  }

  /** A backbone with all its strides. */
  public BackboneConfig(
      String network, double width, BlockKind block, StemKind stem, BinaryOptions binary) {
    this(network, width, block, stem, binary, COARSEST);
  }

  /** The full-precision twin of the same depth and width. */
  public BackboneConfig twin() {
    return new BackboneConfig(network, width, BlockKind.BASIC, stem, binary, outputStride);
  }

  /** The same network with another factor on its channels. */
  public BackboneConfig withWidth(double other) {
    return new BackboneConfig(network, other, block, stem, binary, outputStride);
  }

  /** The same network with another output stride. */
  public BackboneConfig withOutputStride(int stride) {
    return new BackboneConfig(network, width, block, stem, binary, stride);
  }

  @Override
  public String title() {
    String factor =
        width == Math.rint(width) ? Integer.toString((int) width) : Double.toString(width);
    String suffix = outputStride == COARSEST ? "" : "-os" + outputStride;
    return network + "-x" + factor + "-" + block.name().toLowerCase(java.util.Locale.ROOT) + suffix;
  }

  /** Checkpoints carry this text: without an output stride it is that of earlier versions. */
  @Override
  public String toString() {
    return "BackboneConfig[network=%s, width=%s, block=%s, stem=%s, binary=%s%s]"
        .formatted(
            network,
            width,
            block,
            stem,
            binary,
            outputStride == COARSEST ? "" : ", outputStride=" + outputStride);
  }
}

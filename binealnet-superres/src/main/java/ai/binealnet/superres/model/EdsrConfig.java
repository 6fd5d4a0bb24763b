package ai.binealnet.superres.model;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.NetworkForm;
import java.util.Locale;

/**
 * Which network to build: EDSR (Lim et al., 2017), reduced.
 *
 * @param scale how many times higher and wider the picture becomes: 2, 3 or 4
 * @param blocks residual blocks of two 3x3 convolutions each, 1 to 64
 * @param channels of the body at width 1
 * @param width factor on the channels, in (0, 8]
 * @param block {@link BlockKind#STREAM} for a binary body, {@link BlockKind#BASIC} for the
 *     full-precision twin
 * @param skip how the picture itself reaches the output
 */
public record EdsrConfig(
    int scale, int blocks, int channels, double width, BlockKind block, GlobalSkip skip)
    implements NetworkForm {
  /** Packed bits come in groups of this many channels; more would be computed for nothing. */
  private static final int CHANNEL_STEP = 8;

  private static final int MOST_BLOCKS = 64;
  private static final int MOST_CHANNELS = 512;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is no such network
   */
  public EdsrConfig {
    require(scale >= 2 && scale <= 4, "network.scale is 2, 3 or 4, got " + scale);
    require(
        blocks >= 1 && blocks <= MOST_BLOCKS,
        "network.blocks is from 1 to " + MOST_BLOCKS + ", got " + blocks);
    require(
        channels >= CHANNEL_STEP && channels <= MOST_CHANNELS,
        "network.channels is from 8 to " + MOST_CHANNELS + ", got " + channels);
    require(width > 0 && width <= 8, "network.width is a factor in (0, 8], got " + width);
    require(
        block != BlockKind.BINEAL,
        "network.block BINEAL carries 1 bit for each value and loses the shades that"
            + " super-resolution needs: use STREAM, or BASIC for full precision");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Channels of the body, a multiple of 8. */
  public int bodyChannels() {
    return Math.max(CHANNEL_STEP, (int) Math.round(channels * width / CHANNEL_STEP) * CHANNEL_STEP);
  }

  /**
   * How many small pixels around one decide about it: one for each 3x3 convolution, of which the
   * first and the last layer are two.
   */
  public int reach() {
    return Math.max(SkipFilter.BICUBIC / 2, 2 + 2 * blocks);
  }

  /** The full-precision twin of the same depth, of another width. */
  public EdsrConfig twin(double other) {
    return new EdsrConfig(scale, blocks, channels, other, BlockKind.BASIC, skip);
  }

  @Override
  public String title() {
    return "edsr%d-c%d-x%d-%s"
        .formatted(blocks, bodyChannels(), scale, block.name().toLowerCase(Locale.ROOT));
  }
}

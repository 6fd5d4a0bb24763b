package ai.binealnet.core.nn;

import ai.binealnet.core.binary.AlphaShape;

/**
 * The variants of the binary blocks. The defaults are what trained best; the others are the rows of
 * the published ablation (weights only, activations only, skip kernels, slope clipping, place of
 * the scales).
 *
 * @param weights whether weights are binary
 * @param activations whether activations are binary
 * @param alpha resolution of the weight binarizer's factor
 * @param scale where lambda and k stand
 * @param skipKernel kernel of the BiNeal block's skip convolution, 1 or 3
 * @param downSampleKernel the same where the block halves the resolution
 * @param clipSlope whether the activation's slope tau is kept at or above 0
 * @param initialSlope tau at first
 * @param quantizedSum whether the BiNeal block adds INT4 values (real ones otherwise)
 * @param shortcut how the residual stream changes its number of channels
 */
public record BinaryOptions(
    boolean weights,
    boolean activations,
    AlphaShape alpha,
    ScalePosition scale,
    int skipKernel,
    int downSampleKernel,
    boolean clipSlope,
    float initialSlope,
    boolean quantizedSum,
    Shortcut shortcut) {

  /** How the residual stream changes its number of channels, after 2x2 averaging. */
  public enum Shortcut {
    /** A 1x1 convolution with binary input and weights. */
    BINARY,
    /** A 1x1 convolution with 8-bit input and weights. */
    INT8
  }

  /**
   * Checks the kernels.
   *
   * @throws IllegalArgumentException if a skip kernel is neither 1 nor 3
   */
  public BinaryOptions {
    if ((skipKernel != 1 && skipKernel != 3) || (downSampleKernel != 1 && downSampleKernel != 3)) {
      throw new IllegalArgumentException(
          "skip kernels are 1 or 3, got " + skipKernel + " and " + downSampleKernel);
    }
  }

  /**
   * Binary weights and activations as trained best: 3x3 skips, tau starting at 1 and clipped, INT4
   * sums.
   */
  public static BinaryOptions defaults() {
    return new BinaryOptions(
        true, true, AlphaShape.OUT, ScalePosition.NONE, 1, 3, true, 1f, true, Shortcut.BINARY);
  }
}

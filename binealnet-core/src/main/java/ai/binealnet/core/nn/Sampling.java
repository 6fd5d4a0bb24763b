package ai.binealnet.core.nn;

import ai.binealnet.core.graph.ConvGeometry;

/**
 * How a residual block walks over its image. Where a network keeps a finer output than its strides
 * would give, taps move apart instead: a block without its stride reads its input at the old
 * distance and passes on at twice that, so that every filter sees what it saw with the stride
 * (atrous convolution, Chen et al., 2015).
 *
 * @param stride step between output pixels
 * @param entry distance between the taps of the convolutions that read the block's input
 * @param dilation distance between the taps of all others
 */
public record Sampling(int stride, int entry, int dilation) {
  /** Undilated. */
  public static Sampling stride(int stride) {
    return new Sampling(stride, 1, 1);
  }

  /** Whether the block's output has another distance between neighbours than its input. */
  boolean changesGrid() {
    return stride > 1 || entry != dilation;
  }

  /** Window of a convolution that reads the block's input. */
  ConvGeometry first(int kernel) {
    return ConvGeometry.dilated(kernel, stride, entry);
  }

  /** Window of a convolution inside the block. */
  ConvGeometry inner(int kernel) {
    return ConvGeometry.dilated(kernel, 1, dilation);
  }

  /** The same without a stride, for what follows inside the block. */
  Sampling second() {
    return new Sampling(1, dilation, dilation);
  }
}

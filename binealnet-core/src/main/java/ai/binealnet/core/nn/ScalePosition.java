package ai.binealnet.core.nn;

/**
 * Where a binary convolution's scales lambda and k stand in training; at inference they always fold
 * away.
 */
public enum ScalePosition {
  /** Nowhere: right for a convolution followed by a normalisation, which would cancel them. */
  NONE,
  /** Before the convolution, on the weights, with a straight-through gradient that skips them. */
  BEFORE,
  /** After the convolution, with the literal gradient. */
  AFTER
}

package ai.binealnet.core.tensor;

/** The numbers that convolutions multiply; sums are always float32. */
public enum Precision {
  /** Single precision. */
  FLOAT32,
  /**
   * Eight significant bits and the exponent range of float32: twice as fast where the processor has
   * instructions for it. Exact for +1 and -1 and for 8-bit values; everything else is rounded to
   * nearest.
   */
  BFLOAT16
}

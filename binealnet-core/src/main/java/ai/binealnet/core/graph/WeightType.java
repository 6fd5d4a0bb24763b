package ai.binealnet.core.graph;

/**
 * What the weights of a {@link Conv2d} or {@link Linear} may be stored as without changing one
 * value.
 */
public enum WeightType {
  /** Every weight is +1 or -1: one bit. */
  BINARY(1),
  /**
   * Every weight is an integer in [-127, 127] times a power of two that is shared by its output
   * channel.
   */
  INT8(8),
  /** Any float32. */
  FLOAT(32);

  private final int bits;

  WeightType(int bits) {
    this.bits = bits;
  }

  /** Bits that one stored weight takes. */
  public int bits() {
    return bits;
  }
}

package ai.binealnet.deploy.lower;

/**
 * Form and extents of a value, the batch left out.
 *
 * @param kind how it is stored
 * @param height rows; 1 for a vector
 * @param width columns; 1 for a vector
 * @param channels true channels, without padding
 */
public record ValueType(Kind kind, int height, int width, int channels) {
  /** How a value is stored. */
  public enum Kind {
    /** The image, uint8 [N,H,W,C]. */
    PIXELS(8),
    /** float32 [N,H,W,C]. */
    REAL(32),
    /** float32 [N,C]. */
    VECTOR(32),
    /** Packed signs, uint8 [N,H,W,C32/8]. */
    BITS(1),
    /** int8 [N,H,W,C32]. */
    INT8(8);

    private final int bits;

    Kind(int bits) {
      this.bits = bits;
    }

    /** Bits of one number. */
    public int bits() {
      return bits;
    }
  }

  /** Another value of the same kind. */
  ValueType resized(int newHeight, int newWidth, int newChannels) {
    return new ValueType(kind, newHeight, newWidth, newChannels);
  }

  /** The same extents in another form. */
  ValueType as(Kind other) {
    return new ValueType(other, height, width, channels);
  }
}

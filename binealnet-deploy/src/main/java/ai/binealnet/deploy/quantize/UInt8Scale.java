package ai.binealnet.deploy.quantize;

/**
 * How uint8 numbers stand for real ones, {@code x = (q - zeroPoint) * scale}; one for a whole
 * tensor.
 *
 * @param scale positive
 * @param zeroPoint the integer that stands for 0, in 0..255
 */
public record UInt8Scale(float scale, int zeroPoint) {
  private static final int LEVELS = 255;

  /** The scale that spreads the 256 integers over a range: zero point 0 if it begins at 0. */
  public static UInt8Scale of(Range range) {
    float scale = (float) (((double) range.max() - range.min()) / LEVELS);
    if (!(scale >= Float.MIN_NORMAL)) {
      return new UInt8Scale(1f, 0); // nothing but zeros was seen
    }
    return new UInt8Scale(scale, (int) Math.rint(-range.min() / (double) scale));
  }

  /** {@code clip(rint(x / scale) + zeroPoint, 0, 255)}, half to even, as QuantizeLinear does it. */
  public int quantize(float x) {
    return (int) Math.max(0, Math.min(LEVELS, Math.rint(x / scale) + zeroPoint));
  }

  /** The real number that an integer stands for. */
  public float dequantize(int q) {
    return (q - zeroPoint) * scale;
  }
}

package ai.binealnet.core.graph;

/**
 * What a lowered convolution does with its integer accumulator {@code y} before anything is stored.
 * Arrays have one entry for each padded output channel (O32); padded channels yield bit 0 and
 * integer 0.
 *
 * <p>Multiply, add and round are separate float32 operations, in the order written.
 */
public sealed interface Epilogue {

  /**
   * Bits: bit 1 (that is -1) iff {@code y < thresholds[o]}.
   *
   * @param thresholds int32; a channel whose normalisation has a negative factor has had its
   *     filter's bits flipped
   */
  record Threshold(int[] thresholds) implements Epilogue {}

  /**
   * A small integer in int8: {@code q = clip(rint(y * scale[o] + shift[o]), min, max)}.
   *
   * @param scale float32, the quantizer's power-of-two scale folded in
   * @param shift float32, likewise
   * @param min lowest level
   * @param max highest level
   */
  record QuantizeTo(float[] scale, float[] shift, int min, int max) implements Epilogue {}

  /**
   * Bits of a sum of two small integers: {@code t = q + skip} with q as in {@link QuantizeTo} and
   * skip the second input (int8, [N,H',W',O32]); bit 1 iff {@code (t < thresholds[o]) != flips[o]}.
   *
   * @param quantize the branch's own quantizer
   * @param thresholds int32
   * @param flips true where the normalisation after the sum has a negative factor
   */
  record AddThreshold(QuantizeTo quantize, int[] thresholds, boolean[] flips) implements Epilogue {}

  /**
   * An 8-bit stream and its bits: {@code v = y * scale[o] + shift[o]; v = v + residual *
   * residualFactor; v = v >= 0 ? v : v * slope[o]; q = clip(rint(v), -128, 127)}; bit 1 iff {@code
   * q < thresholds[o]}.
   *
   * <p>The residual is the second input (int8, [N,H',W',O32]) if {@code residualFactor} is not 0.
   * The first output is q, the second, if {@code thresholds} is not null, the bits.
   *
   * @param scale float32, the output stream's power-of-two scale folded in
   * @param shift float32, likewise
   * @param residualFactor a power of two (residual stream's scale / output stream's scale), or 0
   *     for no residual
   * @param slope PReLU slope, or null for none
   * @param thresholds of the bits, in [-128, 128], or null for none
   */
  record Stream(float[] scale, float[] shift, float residualFactor, float[] slope, int[] thresholds)
      implements Epilogue {}

  /**
   * Real values, [N,H',W',O] float32: {@code y * scale[o] + shift[o]}.
   *
   * @param scale float32
   * @param shift float32
   */
  record ToFloat(float[] scale, float[] shift) implements Epilogue {}
}

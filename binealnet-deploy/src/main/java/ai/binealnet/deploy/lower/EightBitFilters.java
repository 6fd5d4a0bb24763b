package ai.binealnet.deploy.lower;

import java.util.Optional;

/**
 * Filters as 8-bit integers times a power of two for each output channel.
 *
 * @param integers [O, ...] in [-127, 127]
 * @param factors one power of two for each output channel; 1 for a filter of zeros
 * @param largestSum the largest sum of magnitudes of one filter
 */
public record EightBitFilters(byte[] integers, float[] factors, int largestSum) {
  private static final int LARGEST = 127;
  private static final int MANTISSA_BITS = 23;

  /** Splits real weights [filters, ...]; empty if some filter is no such product. */
  public static Optional<EightBitFilters> of(float[] weights, int filters) {
    int length = weights.length / filters;
    byte[] integers = new byte[weights.length];
    float[] factors = new float[filters];
    int largestSum = 0;
    for (int o = 0; o < filters; o++) {
      float factor = commonFactor(weights, o * length, length);
      if (!PowersOfTwo.isModerate(factor)) {
        return Optional.empty();
      }
      int sum = 0;
      for (int i = o * length; i < (o + 1) * length; i++) {
        float integer = weights[i] / factor;
        if (!(Math.abs(integer) <= LARGEST)) {
          return Optional.empty();
        }
        integers[i] = (byte) integer;
        sum += Math.abs(integers[i]);
      }
      factors[o] = factor;
      largestSum = Math.max(largestSum, sum);
    }
    return Optional.of(new EightBitFilters(integers, factors, largestSum));
  }

  /** The largest power of two that divides every weight of a filter. */
  private static float commonFactor(float[] weights, int offset, int length) {
    int exponent = Integer.MAX_VALUE;
    for (int i = offset; i < offset + length; i++) {
      if (weights[i] != 0) {
        int mantissa = Float.floatToRawIntBits(weights[i]) & 0x7fffff | 0x800000;
        int lowest =
            Math.getExponent(weights[i]) - MANTISSA_BITS + Integer.numberOfTrailingZeros(mantissa);
        exponent = Math.min(exponent, lowest);
      }
    }
    return exponent == Integer.MAX_VALUE ? 1f : (float) Math.scalb(1.0, exponent);
  }
}

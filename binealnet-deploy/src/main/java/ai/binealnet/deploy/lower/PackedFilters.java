package ai.binealnet.deploy.lower;

import ai.binealnet.core.binary.BitPacking;

/** Binary filters as bits. */
final class PackedFilters {
  private PackedFilters() {}

  /**
   * Packs +1 and -1.
   *
   * @param weights [O,kh,kw,C]
   * @param channels C
   * @param flips filters to negate, one for each output channel, or null for none
   * @return [O32,kh,kw,C32/8]; the bits of added filters and channels are 0
   */
  static byte[] pack(float[] weights, int filters, int channels, boolean[] flips) {
    int length = weights.length / filters;
    float[] signs = weights.clone();
    for (int i = 0; i < signs.length; i++) {
      if (flips != null && flips[i / length]) {
        signs[i] = -signs[i];
      }
    }
    byte[] packed = BitPacking.pack(signs, channels);
    byte[] padded = new byte[packed.length / filters * BitPacking.paddedChannels(filters)];
    System.arraycopy(packed, 0, padded, 0, packed.length);
    return padded;
  }

  /** Whether every weight is +1 or -1. */
  static boolean areSigns(float[] weights) {
    for (float weight : weights) {
      if (Math.abs(weight) != 1) {
        return false;
      }
    }
    return true;
  }
}

package ai.binealnet.deploy.lower;

/**
 * An integer convolution and at most one affine node: {@code v = fl(fl(y * scale[o]) + shift[o])}
 * for its integer y.
 *
 * @param conv the convolution
 * @param scale one for each output channel, the convolution's factor included
 * @param shift one for each output channel
 */
record Branch(IntegerConv conv, float[] scale, float[] shift) {
  /** Whether results may be divided by a power of two without another rounding. */
  boolean isModerate() {
    return PowersOfTwo.areModerate(scale) && PowersOfTwo.areModerate(shift);
  }

  /** {@link #scale} divided by a power of two, padded with zeros to a multiple of 32 channels. */
  float[] paddedScale(float divisor) {
    return divided(scale, divisor);
  }

  /** {@link #shift} divided by a power of two, padded with zeros to a multiple of 32 channels. */
  float[] paddedShift(float divisor) {
    return divided(shift, divisor);
  }

  private float[] divided(float[] values, float divisor) {
    float[] quotients = new float[conv.paddedOutputs()];
    for (int o = 0; o < values.length; o++) {
      quotients[o] = values[o] / divisor;
    }
    return quotients;
  }
}

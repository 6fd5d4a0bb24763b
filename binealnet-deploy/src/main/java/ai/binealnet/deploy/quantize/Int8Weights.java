package ai.binealnet.deploy.quantize;

/**
 * Weights and bias of one layer in integers, symmetric, with a scale for each output channel:
 * {@code w = values * scales[o]}, {@code b = bias * scales[o] * input scale}.
 *
 * @param values int8, as the weights were laid out, output channels first
 * @param scales one per output channel, positive
 * @param bias int32, one per output channel
 */
public record Int8Weights(byte[] values, float[] scales, int[] bias) {
  /** The largest integer. */
  static final int MAX = 127;

  /**
   * The largest integer where any input byte may be 255, as pixels are. x86 without VNNI adds
   * products in pairs of 16 bits, which saturate at 32767; 2 * 255 * 64 stays below. Activations
   * behind a calibrated scale are seldom that large, and the full range is more exact there.
   */
  static final int MAX_FOR_PIXELS = 64;

  /** Leaves the sum of products as much room as the bias may take. */
  private static final double MAX_BIAS = 1 << 30;

  /**
   * Rounds weights and bias, half to even.
   *
   * @param weights [O, ...]
   * @param bias [O]
   * @param inputScale of what the layer reads
   * @param max the integer that the largest weight of a channel becomes
   */
  static Int8Weights of(float[] weights, float[] bias, float inputScale, int max) {
    int length = weights.length / bias.length;
    byte[] values = new byte[weights.length];
    float[] scales = new float[bias.length];
    int[] integers = new int[bias.length];
    for (int o = 0; o < bias.length; o++) {
      float largest = largest(weights, o * length, length);
      float scale = scale(largest / max, Math.abs(bias[o]) / inputScale);
      for (int i = o * length; i < (o + 1) * length; i++) {
        values[i] = (byte) Math.rint(weights[i] / scale);
      }
      scales[o] = scale;
      integers[o] = (int) Math.rint(bias[o] / ((double) inputScale * scale));
    }
    return new Int8Weights(values, scales, integers);
  }

  private static float largest(float[] weights, int from, int length) {
    float largest = 0;
    for (int i = from; i < from + length; i++) {
      largest = Math.max(largest, Math.abs(weights[i]));
    }
    return largest;
  }

  /** What the weights ask for, unless the bias would leave int32: then the weights are tiny. */
  private static float scale(float wanted, double bias) {
    float scale = (float) Math.max(wanted, bias / MAX_BIAS);
    return scale >= Float.MIN_NORMAL ? scale : 1f;
  }
}

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
  private static final int MAX = 127;

  /** Leaves the sum of products as much room as the bias may take. */
  private static final double MAX_BIAS = 1 << 30;

  /**
   * Rounds weights and bias, half to even.
   *
   * @param weights [O, ...]
   * @param bias [O]
   * @param inputScale of what the layer reads
   */
  public static Int8Weights of(float[] weights, float[] bias, float inputScale) {
    int length = weights.length / bias.length;
    byte[] values = new byte[weights.length];
    float[] scales = new float[bias.length];
    int[] integers = new int[bias.length];
    for (int o = 0; o < bias.length; o++) {
      float scale = scale(weights, o * length, length, Math.abs(bias[o]) / inputScale);
      for (int i = o * length; i < (o + 1) * length; i++) {
        values[i] = (byte) Math.rint(weights[i] / scale);
      }
      scales[o] = scale;
      integers[o] = (int) Math.rint(bias[o] / ((double) inputScale * scale));
    }
    return new Int8Weights(values, scales, integers);
  }

  /** The largest weight becomes 127, unless the bias would leave int32: then weights are tiny. */
  private static float scale(float[] weights, int from, int length, double bias) {
    float largest = 0;
    for (int i = from; i < from + length; i++) {
      largest = Math.max(largest, Math.abs(weights[i]));
    }
    float scale = (float) Math.max(largest / MAX, bias / MAX_BIAS);
    return scale >= Float.MIN_NORMAL ? scale : 1f;
  }
}

package ai.binealnet.segment.decode;

import java.util.function.DoubleUnaryOperator;

/**
 * Linear interpolation along one axis: output i is {@code (1 - weight[i]) * input[low[i]] +
 * weight[i] * input[high[i]]}. Two of them make bilinear up-sampling. Inputs are samples in the
 * middles of their pixels (half-pixel centres, no aligned corners), repeated beyond the borders.
 *
 * @param low the input before each output
 * @param high the input after it
 * @param weight of the one after it, in [0, 1)
 */
public record Bilinear(int[] low, int[] high, float[] weight) {
  /** From {@code from} to {@code to} samples over the same length. */
  public static Bilinear axis(int from, int to) {
    return axis(from, to, x -> x * from / to);
  }

  /**
   * From {@code from} samples to {@code to} ones at positions of choice.
   *
   * @param position of a coordinate of the output on the input; input sample i is at i + 0.5,
   *     output sample i is asked for as i + 0.5
   */
  public static Bilinear axis(int from, int to, DoubleUnaryOperator position) {
    int[] low = new int[to];
    int[] high = new int[to];
    float[] weight = new float[to];
    for (int i = 0; i < to; i++) {
      double x = Math.max(0, Math.min(from - 1.0, position.applyAsDouble(i + 0.5) - 0.5));
      low[i] = (int) x;
      high[i] = Math.min(from - 1, low[i] + 1);
      weight[i] = (float) (x - low[i]);
    }
    return new Bilinear(low, high, weight);
  }

  /** Number of outputs. */
  public int size() {
    return low.length;
  }

  /**
   * Interpolates between rows: {@code out[k] = a[k] + weight (b[k] - a[k])} for the two rows of
   * output i.
   *
   * @param values rows of {@code out.length} elements
   * @param offset index of the first row's first element
   */
  public void row(float[] values, int offset, int i, float[] out) {
    int a = offset + low[i] * out.length;
    int b = offset + high[i] * out.length;
    float w = weight[i];
    for (int k = 0; k < out.length; k++) {
      out[k] = values[a + k] + w * (values[b + k] - values[a + k]);
    }
  }

  /** Interpolates between two of a row's pixels of {@code out.length} channels. */
  public void pixel(float[] row, int i, float[] out) {
    int a = low[i] * out.length;
    int b = high[i] * out.length;
    float w = weight[i];
    for (int k = 0; k < out.length; k++) {
      out[k] = row[a + k] + w * (row[b + k] - row[a + k]);
    }
  }

  /** Adds the gradient of an output of {@link #pixel} to that of the row. */
  public void pixelGradient(float[] gradient, int i, float[] row) {
    int a = low[i] * gradient.length;
    int b = high[i] * gradient.length;
    float w = weight[i];
    for (int k = 0; k < gradient.length; k++) {
      float g = w * gradient[k];
      row[a + k] += gradient[k] - g;
      row[b + k] += g;
    }
  }

  /** Adds the gradient of an output of {@link #row} to those of the rows. */
  public void rowGradient(float[] gradient, int i, float[] values, int offset) {
    int a = offset + low[i] * gradient.length;
    int b = offset + high[i] * gradient.length;
    float w = weight[i];
    for (int k = 0; k < gradient.length; k++) {
      float g = w * gradient[k];
      values[a + k] += gradient[k] - g;
      values[b + k] += g;
    }
  }
}

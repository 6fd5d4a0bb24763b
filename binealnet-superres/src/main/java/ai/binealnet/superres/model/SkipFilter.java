package ai.binealnet.superres.model;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.superres.data.Bicubic;

/**
 * Enlarging as a convolution with {@code 3 scale^2} outputs, the phases of the large picture in the
 * order of {@link ai.binealnet.core.graph.DepthToSpace}: output {@code (i scale + j) 3 + c} is
 * colour c of the large pixel (i, j) within a small one. Weights are whole multiples of a power of
 * two, as an 8-bit layer has them, with sum exactly 1, so that a flat picture stays flat.
 */
final class SkipFilter {
  static final int COLORS = 3;

  /** Taps of a bicubic phase: two pixels on each side. */
  static final int BICUBIC = 5;

  private static final int STEPS = 128;
  private static final int MOST = 127;

  private SkipFilter() {}

  /** {@link Bicubic#enlarge} away from the border: [5, 5, 3, 3 scale^2], times {@code unit}. */
  static Tensor bicubic(int scale, float unit) {
    return filter(BICUBIC, scale, unit);
  }

  /** Each pixel repeated: [1, 1, 3, 3 scale^2], times {@code unit}. */
  static Tensor nearest(int scale, float unit) {
    return filter(1, scale, unit);
  }

  private static Tensor filter(int kernel, int scale, float unit) {
    int out = COLORS * scale * scale;
    float[] weights = new float[kernel * kernel * COLORS * out];
    for (int i = 0; i < scale; i++) {
      for (int j = 0; j < scale; j++) {
        float[] phase = phase(kernel, scale, i, j);
        for (int tap = 0; tap < phase.length; tap++) {
          for (int c = 0; c < COLORS; c++) {
            weights[(tap * COLORS + c) * out + (i * scale + j) * COLORS + c] = phase[tap] * unit;
          }
        }
      }
    }
    return Tensor.create(Shape.of(kernel, kernel, COLORS, out)).set(weights);
  }

  /** The weights of one large pixel, [kernel, kernel]. */
  private static float[] phase(int kernel, int scale, int i, int j) {
    double[] rows = line(kernel, scale, i);
    double[] columns = line(kernel, scale, j);
    double largest = largest(rows) * largest(columns);
    int steps = Math.round(largest * STEPS) > MOST ? STEPS / 2 : STEPS;
    int[] integers = new int[kernel * kernel];
    int sum = 0;
    int greatest = 0;
    for (int tap = 0; tap < integers.length; tap++) {
      integers[tap] = (int) Math.rint(rows[tap / kernel] * columns[tap % kernel] * steps);
      sum += integers[tap];
      greatest = integers[tap] > integers[greatest] ? tap : greatest;
    }
    integers[greatest] += steps - sum;
    float[] weights = new float[integers.length];
    for (int tap = 0; tap < weights.length; tap++) {
      weights[tap] = (float) integers[tap] / steps;
    }
    return weights;
  }

  /** The weights along one axis: large pixel i lies (i + 0.5) / scale - 0.5 from the centre. */
  private static double[] line(int kernel, int scale, int i) {
    double[] weights = new double[kernel];
    double at = (i + 0.5) / scale - 0.5;
    for (int t = 0; t < kernel; t++) {
      weights[t] = kernel == 1 ? 1 : Bicubic.kernel(at - (t - kernel / 2));
    }
    return weights;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}

package ai.binealnet.match.loss;

import ai.binealnet.core.autograd.Variable;

/**
 * The descriptors of a batch, scaled to length 1.
 *
 * @param unit [cells,D]
 * @param lengths of what was scaled, [cells]
 * @param dimensions D
 */
record UnitVectors(float[] unit, float[] lengths, int dimensions) {
  private static final float SMALLEST = 1e-6f;

  /** Of descriptors [N,h,w,D]. */
  static UnitVectors of(Variable descriptors) {
    int dimensions = descriptors.shape().channels();
    float[] unit = descriptors.value().toArray();
    float[] lengths = new float[unit.length / dimensions];
    for (int i = 0; i < lengths.length; i++) {
      double squares = 0;
      for (int c = i * dimensions; c < (i + 1) * dimensions; c++) {
        squares += (double) unit[c] * unit[c];
      }
      lengths[i] = Math.max(SMALLEST, (float) Math.sqrt(squares));
      for (int c = i * dimensions; c < (i + 1) * dimensions; c++) {
        unit[c] /= lengths[i];
      }
    }
    return new UnitVectors(unit, lengths, dimensions);
  }

  /** Their signs, scaled to length 1. */
  float[] signs() {
    float level = (float) (1 / Math.sqrt(dimensions));
    float[] signs = new float[unit.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = unit[i] < 0 ? -level : level;
    }
    return signs;
  }

  /**
   * Turns the gradient by the unit vectors into that by the vectors: {@code (g - n (n g)) / |x|}.
   */
  void differentiate(float[] gradient) {
    for (int i = 0; i < lengths.length; i++) {
      double along = 0;
      for (int c = i * dimensions; c < (i + 1) * dimensions; c++) {
        along += (double) unit[c] * gradient[c];
      }
      for (int c = i * dimensions; c < (i + 1) * dimensions; c++) {
        gradient[c] = (float) ((gradient[c] - unit[c] * along) / lengths[i]);
      }
    }
  }
}

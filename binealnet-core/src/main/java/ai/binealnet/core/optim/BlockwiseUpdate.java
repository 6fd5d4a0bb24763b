package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;

/**
 * Walks over a parameter and its gradient in blocks that fit the cache, so that a step allocates
 * nothing large.
 */
final class BlockwiseUpdate {
  private static final int LENGTH = 4096;

  /**
   * Changes {@code weights} in place; block elements start at flat index {@code from} of the
   * parameter.
   */
  interface Update {
    void apply(int from, float[] weights, float[] gradients, int length);
  }

  private BlockwiseUpdate() {}

  /**
   * Applies {@code update} to every block, writes the weights back and sets the gradient to 0.
   *
   * @throws ArithmeticException if a weight is not finite afterwards
   */
  static void forEach(Parameter parameter, Update update) {
    int size = parameter.value().size();
    float[] weights = new float[Math.min(LENGTH, size)];
    float[] gradients = new float[weights.length];
    for (int from = 0; from < size; from += LENGTH) {
      int length = Math.min(LENGTH, size - from);
      parameter.value().read(from, weights, length);
      parameter.gradient().read(from, gradients, length);
      update.apply(from, weights, gradients, length);
      requireFinite(parameter, weights, length);
      parameter.value().write(from, weights, length);
    }
    parameter.gradient().fill(0);
  }

  /** The sum of the squares of a parameter's gradient. */
  static double squaredGradient(Parameter parameter) {
    int size = parameter.value().size();
    float[] block = new float[Math.min(LENGTH, size)];
    double sum = 0;
    for (int from = 0; from < size; from += LENGTH) {
      int length = Math.min(LENGTH, size - from);
      parameter.gradient().read(from, block, length);
      for (int i = 0; i < length; i++) {
        sum += (double) block[i] * block[i];
      }
    }
    return sum;
  }

  /** Multiplies a parameter's gradient. */
  static void scaleGradient(Parameter parameter, float factor) {
    int size = parameter.value().size();
    float[] block = new float[Math.min(LENGTH, size)];
    for (int from = 0; from < size; from += LENGTH) {
      int length = Math.min(LENGTH, size - from);
      parameter.gradient().read(from, block, length);
      for (int i = 0; i < length; i++) {
        block[i] *= factor;
      }
      parameter.gradient().write(from, block, length);
    }
  }

  /** The sign of a latent weight that is NaN would hide it from everything that follows. */
  private static void requireFinite(Parameter parameter, float[] weights, int length) {
    float bad = 0;
    for (int i = 0; i < length; i++) {
      bad += weights[i] * 0f; // stays 0 unless a weight is NaN or infinite
    }
    if (bad != 0) {
      throw new ArithmeticException("the step makes " + parameter.name() + " infinite or NaN");
    }
  }
}

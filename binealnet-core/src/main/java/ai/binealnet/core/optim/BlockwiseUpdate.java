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

  /** Applies {@code update} to every block, writes the weights back and sets the gradient to 0. */
  static void forEach(Parameter parameter, Update update) {
    int size = parameter.value().size();
    float[] weights = new float[Math.min(LENGTH, size)];
    float[] gradients = new float[weights.length];
    for (int from = 0; from < size; from += LENGTH) {
      int length = Math.min(LENGTH, size - from);
      parameter.value().read(from, weights, length);
      parameter.gradient().read(from, gradients, length);
      update.apply(from, weights, gradients, length);
      parameter.value().write(from, weights, length);
    }
    parameter.gradient().fill(0);
  }
}

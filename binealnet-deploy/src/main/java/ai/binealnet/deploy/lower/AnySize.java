package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;

/** Tells whether a network that should take pictures of any size does. */
public final class AnySize {
  private static final int MOST = 6;

  private AnySize() {}

  /**
   * Infers the extents of all values at several sizes.
   *
   * @throws UserError if they do not fit each other at some multiple of {@link
   *     ModelGraph#sizeMultiple}
   */
  public static void check(ModelGraph graph) {
    int step = graph.sizeMultiple();
    for (int i = 1; i <= MOST && step > 0; i++) {
      try {
        ValueTypes.infer(graph.at(i * step, (MOST + 1 - i) * step));
      } catch (IllegalArgumentException e) {
        throw new UserError(
            "network " + graph.name() + " does not take all multiples of " + step,
            "a multiple at which every window fits and all sums are of equal extents",
            e.getMessage(),
            "state a larger multiple, such as the coarsest stride of the network",
            e);
      }
    }
  }
}

package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Normalize;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Thresholds of binarizers on real numbers and on pixels. */
public final class RealThresholds {
  private static final int PIXELS = 256;

  private RealThresholds() {}

  /**
   * One threshold for each channel, such that the activation is +1 iff {@code !(x < threshold)};
   * infinite where it is constant. Empty if some slope is negative, for which there is none.
   */
  public static Optional<float[]> of(Binarize node) {
    if (!ChannelChain.isMonotone(node)) {
      return Optional.empty();
    }
    float[] thresholds = new float[node.tau().length];
    for (int c = 0; c < thresholds.length; c++) {
      int channel = c;
      thresholds[c] = Threshold.findReal(x -> ScalarOps.binarize(x, node, channel) > 0);
    }
    return Optional.of(thresholds);
  }

  /**
   * The same for pixels that are normalized first: integers, 0 where the activation is always +1
   * and 256 where it is always -1. All 256 pixels are tried; empty if some channel has no
   * threshold.
   */
  static Optional<float[]> ofPixels(Normalize normalize, Binarize node) {
    float[] thresholds = new float[node.tau().length];
    for (int c = 0; c < thresholds.length; c++) {
      int channel = c;
      IntPredicate plus =
          x -> ScalarOps.binarize(ScalarOps.normalize(x, normalize, channel), node, channel) > 0;
      int below = 0;
      while (below < PIXELS && !plus.test(below)) {
        below++;
      }
      if (!IntStream.range(below, PIXELS).allMatch(plus)) {
        return Optional.empty();
      }
      thresholds[c] = below;
    }
    return Optional.of(thresholds);
  }
}

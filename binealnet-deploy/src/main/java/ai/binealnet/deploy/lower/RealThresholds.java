package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Binarize;
import java.util.Optional;

/** Thresholds of binarizers on real numbers. */
public final class RealThresholds {
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
}

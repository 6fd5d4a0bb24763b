package ai.binealnet.deploy.lower;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PRelu;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to one channel between an integer and its sign: a factor, then affine and PReLU
 * nodes, then a binarizer, evaluated in float32 exactly as the export graph does.
 *
 * @param factor multiplies the integer, one per channel, a power of two
 * @param stages {@link Affine} and {@link PRelu} nodes in the order they are applied
 * @param binarize the last stage
 */
record ChannelChain(float[] factor, List<Node> stages, Binarize binarize) {
  /** Whether integer {@code y} of channel {@code c} becomes +1. */
  boolean plus(int c, int y) {
    return ScalarOps.binarize(beforeSign(c, y), binarize, c) > 0;
  }

  private float beforeSign(int c, int y) {
    float x = y * factor[c];
    for (Node stage : stages) {
      x =
          stage instanceof Affine affine
              ? ScalarOps.affine(x, affine.scale()[c], affine.shift()[c])
              : ScalarOps.prelu(x, ((PRelu) stage).slope()[c]);
    }
    return x;
  }

  /**
   * Whether the sign is told by one threshold on integers in [low, high]: every stage is monotone
   * and none overflows, which would show at the ends of the range.
   */
  boolean isMonotone(int low, int high) {
    for (int c = 0; c < binarize.tau().length; c++) {
      if (!Float.isFinite(beforeSign(c, low)) || !Float.isFinite(beforeSign(c, high))) {
        return false;
      }
    }
    return isMonotone(binarize)
        && stages.stream()
            .allMatch(stage -> stage instanceof Affine || nonNegative(((PRelu) stage).slope()));
  }

  /** Thresholds of a monotone binarizer on a stream, padded with "always +1". */
  static int[] streamThresholds(Binarize binarize, float scale) {
    int channels = binarize.tau().length;
    float[] factor = new float[channels];
    Arrays.fill(factor, scale);
    ChannelChain chain = new ChannelChain(factor, List.of(), binarize);
    int[] thresholds = new int[BitPacking.paddedChannels(channels)];
    Arrays.fill(thresholds, Byte.MIN_VALUE);
    for (int c = 0; c < channels; c++) {
      int channel = c;
      thresholds[c] =
          Threshold.find(q -> chain.plus(channel, q), Byte.MIN_VALUE, Byte.MAX_VALUE).value();
    }
    return thresholds;
  }

  /** Whether a binarizer alone is a threshold: {@code tau >= 0} in every channel. */
  static boolean isMonotone(Binarize node) {
    return nonNegative(node.tau());
  }

  private static boolean nonNegative(float[] values) {
    for (float value : values) {
      if (!(value >= 0)) {
        return false;
      }
    }
    return true;
  }
}

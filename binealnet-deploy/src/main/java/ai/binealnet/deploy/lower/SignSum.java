package ai.binealnet.deploy.lower;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.Epilogue;
import java.util.Arrays;

/**
 * The sum of two small integers of one scale that ends in a binarizer: the first is computed by a
 * convolution, the second is read.
 *
 * @param conv the convolution of the first
 * @param skip the value of the second
 * @param chain from the sum to the sign
 */
record SignSum(QuantizedConv conv, String skip, ChannelChain chain) {
  /** The smallest sum. */
  int low() {
    return conv.quantize().min() + Byte.MIN_VALUE;
  }

  /** The largest sum. */
  int high() {
    return conv.quantize().max() + Byte.MAX_VALUE;
  }

  /** The epilogue; padded channels are always +1. */
  Epilogue.AddThreshold epilogue() {
    int outputs = conv.branch().conv().conv().outputChannels();
    int padded = BitPacking.paddedChannels(outputs);
    int[] thresholds = new int[padded];
    boolean[] flips = new boolean[padded];
    Arrays.fill(thresholds, low());
    for (int o = 0; o < outputs; o++) {
      int channel = o;
      Threshold threshold = Threshold.find(t -> chain.plus(channel, t), low(), high());
      thresholds[o] = threshold.value();
      flips[o] = threshold.decreasing();
    }
    return new Epilogue.AddThreshold(conv.quantizeTo(), thresholds, flips);
  }
}

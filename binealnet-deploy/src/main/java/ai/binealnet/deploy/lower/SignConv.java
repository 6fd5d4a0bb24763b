package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Epilogue;

/**
 * A convolution that ends in a binarizer, everything between them monotone.
 *
 * @param conv the convolution
 * @param chain from its integer to the sign
 */
record SignConv(IntegerConv conv, ChannelChain chain) {
  /** The threshold of each output channel on its integer. */
  Threshold[] thresholds() {
    Threshold[] thresholds = new Threshold[conv.conv().outputChannels()];
    for (int o = 0; o < thresholds.length; o++) {
      int channel = o;
      thresholds[o] = Threshold.find(y -> chain.plus(channel, y), -conv.bound(), conv.bound());
    }
    return thresholds;
  }

  /** Filters to negate: where the sign falls with rising integers. */
  static boolean[] flips(Threshold[] thresholds) {
    boolean[] flips = new boolean[thresholds.length];
    for (int o = 0; o < flips.length; o++) {
      flips[o] = thresholds[o].decreasing();
    }
    return flips;
  }

  /**
   * The epilogue for filters so negated: {@code y < t} becomes {@code -y >= 1 - t}. Padded channels
   * are always +1.
   */
  Epilogue.Threshold epilogue(Threshold[] thresholds) {
    int[] values = new int[conv.paddedOutputs()];
    for (int o = 0; o < values.length; o++) {
      if (o >= thresholds.length) {
        values[o] = -conv.bound();
      } else {
        int value = thresholds[o].value();
        values[o] = thresholds[o].decreasing() ? 1 - value : value;
      }
    }
    return new Epilogue.Threshold(values);
  }
}

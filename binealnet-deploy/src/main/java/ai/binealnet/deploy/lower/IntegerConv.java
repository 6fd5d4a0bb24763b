package ai.binealnet.deploy.lower;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackedConv2d;
import java.util.List;

/**
 * A convolution whose sums are small integers: the real result of output channel o is {@code y *
 * factors[o]} exactly, for an integer y in [-bound, bound].
 *
 * @param conv the convolution
 * @param source what it reads
 * @param input name of the value it reads: bits, an int8 stream, or the pixels
 * @param zeroPoint the pixel that stands for 0, 0 unless it reads pixels
 * @param integers int8 weights [O,kh,kw,C], or null where weights are bits
 * @param factors one power of two for each output channel
 * @param bound largest magnitude of y, below 2^24
 */
record IntegerConv(
    Conv2d conv,
    Source source,
    String input,
    int zeroPoint,
    byte[] integers,
    float[] factors,
    int bound) {

  /** What an integer convolution reads. */
  enum Source {
    /** Packed bits. */
    BITS,
    /** An int8 stream. */
    STREAM,
    /** The image, uint8. */
    PIXELS
  }

  /** Number of padded output channels. */
  int paddedOutputs() {
    return BitPacking.paddedChannels(conv.outputChannels());
  }

  /**
   * The lowered node.
   *
   * @param inputs lowered name of {@link #input}, then the residual or skip if the epilogue reads
   *     one
   * @param flips filters to negate, or null for none
   */
  Node node(List<String> inputs, List<String> outputs, Epilogue epilogue, boolean[] flips) {
    if (source == Source.BITS) {
      return new PackedConv2d(
          conv.name(),
          inputs,
          outputs,
          conv.geometry(),
          conv.inputChannels(),
          conv.outputChannels(),
          PackedFilters.pack(conv.weights(), conv.outputChannels(), conv.inputChannels(), flips),
          epilogue);
    }
    return new ByteConv2d(
        conv.name(),
        inputs,
        outputs,
        conv.geometry(),
        source == Source.PIXELS,
        zeroPoint,
        conv.inputChannels(),
        conv.outputChannels(),
        negated(flips),
        epilogue);
  }

  private byte[] negated(boolean[] flips) {
    byte[] weights = integers.clone();
    int length = weights.length / conv.outputChannels();
    for (int i = 0; i < weights.length; i++) {
      if (flips != null && flips[i / length]) {
        weights[i] = (byte) -weights[i];
      }
    }
    return weights;
  }
}

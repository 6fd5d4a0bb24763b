package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Binary convolution on packed bits, [N,H,W,C32/8] uint8, padded with zero bits (+1). The
 * accumulator is {@code y = taps * C - 2 * popcount(x xor w)}; what is stored is told by the
 * epilogue.
 *
 * @param name unique name
 * @param inputs the bits; then the skip or residual where the epilogue reads one
 * @param outputs one value, or stream and bits
 * @param geometry window
 * @param inputChannels C, the true number
 * @param outputChannels O, the true number
 * @param weights [O32,kh,kw,C32/8], bit i of byte j is channel 8j + i, bit 1 is -1; padding is 0
 * @param epilogue what becomes of the accumulator
 */
public record PackedConv2d(
    String name,
    List<String> inputs,
    List<String> outputs,
    ConvGeometry geometry,
    int inputChannels,
    int outputChannels,
    byte[] weights,
    Epilogue epilogue)
    implements Node {
  @Override
  public Op op() {
    return Op.PACKED_CONV2D;
  }
}

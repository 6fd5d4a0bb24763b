package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Convolution of 8-bit integers: of uint8 pixels [N,H,W,C] (the first layer, {@code
 * zeroPoint} 128) or of an int8 stream [N,H,W,C32] ({@code zeroPoint} 0), padded with the zero
 * point. The accumulator is {@code y = sum (x - zeroPoint) * w}, exact in int32 and in float32
 * (below 2^24); the epilogue tells what is stored.
 *
 * @param name unique name
 * @param inputs the integers; then the residual where the epilogue reads one
 * @param outputs one value, or stream and bits
 * @param geometry window
 * @param pixels true for uint8 pixels, false for an int8 stream
 * @param zeroPoint the integer that stands for 0
 * @param inputChannels C, the true number
 * @param outputChannels O, the true number
 * @param weights int8 [O,kh,kw,C], true channels only
 * @param epilogue what becomes of the accumulator
 */
public record ByteConv2d(
    String name,
    List<String> inputs,
    List<String> outputs,
    ConvGeometry geometry,
    boolean pixels,
    int zeroPoint,
    int inputChannels,
    int outputChannels,
    byte[] weights,
    Epilogue epilogue)
    implements Node {
  @Override
  public Op op() {
    return Op.BYTE_CONV2D;
  }
}

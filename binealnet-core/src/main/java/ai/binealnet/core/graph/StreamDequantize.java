package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. An int8 stream to float32, [N,H,W,C32] to [N,H,W,C]: {@code y = q * scale}.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param channels C
 * @param scale positive power of two
 */
public record StreamDequantize(String name, String input, String output, int channels, float scale)
    implements Node {
  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public Op op() {
    return Op.STREAM_DEQUANTIZE;
  }
}

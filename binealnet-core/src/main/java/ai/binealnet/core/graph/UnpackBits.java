package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Packed bits to +1 and -1 in float32, [N,H,W,C32/8] to [N,H,W,C].
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param channels C
 */
public record UnpackBits(String name, String input, String output, int channels) implements Node {
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
    return Op.UNPACK_BITS;
  }
}

package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Sum over height and width of bits or an int8 stream, scaled and rounded half to even:
 * {@code q = clip(rint(sum * factor), -128, 127)}, int8 [N,1,1,C32]; padded channels are 0.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param bits true for bits, whose numbers are +1 and -1; false for an int8 stream
 * @param channels C, the true number
 * @param factor a power of two; 1 keeps a sum that fits int8
 */
public record PackedGlobalPool(
    String name, String input, String output, boolean bits, int channels, float factor)
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
    return Op.PACKED_GLOBAL_POOL;
  }
}

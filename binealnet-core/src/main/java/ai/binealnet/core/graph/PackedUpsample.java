package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. {@link Upsample} of packed bits [N,H,W,C32/8] or of an int8 stream [N,H,W,C32]: copies
 * of bytes.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param bits true for bits, false for an int8 stream
 * @param factor copies of each pixel along each axis, at least 1
 */
public record PackedUpsample(String name, String input, String output, boolean bits, int factor)
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
    return Op.PACKED_UPSAMPLE;
  }
}

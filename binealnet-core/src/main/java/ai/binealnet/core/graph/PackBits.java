package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Pixels or real values to packed bits, [N,H,W,C] uint8 or float32 to [N,H,W,C32/8] uint8:
 * bit 1 (that is -1) iff {@code x < threshold}, so NaN becomes +1. C32 is C rounded up to a
 * multiple of 32; the added bits are 0.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param channels C
 * @param thresholds one per channel
 */
public record PackBits(String name, String input, String output, int channels, float[] thresholds)
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
    return Op.PACK_BITS;
  }
}

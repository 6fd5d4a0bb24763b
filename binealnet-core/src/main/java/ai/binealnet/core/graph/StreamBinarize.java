package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. An int8 stream to packed bits, [N,H,W,C32] to [N,H,W,C32/8]: bit 1 iff {@code q <
 * threshold}.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param thresholds one per padded channel (C32), in [-128, 128]; -128 where the channel is padding
 */
public record StreamBinarize(String name, String input, String output, int[] thresholds)
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
    return Op.STREAM_BINARIZE;
  }
}

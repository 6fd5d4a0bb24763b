package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Pooling of an int8 stream, [N,H,W,C32] to [N,H',W',C32]: the maximum, or the average
 * rounded half to even.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param geometry window, dilation 1; no padding when averaging
 * @param average average if true, maximum otherwise
 */
public record StreamPool(
    String name, String input, String output, ConvGeometry geometry, boolean average)
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
    return Op.STREAM_POOL;
  }
}

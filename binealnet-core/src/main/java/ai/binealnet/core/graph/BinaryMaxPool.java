package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Maximum over windows of packed bits (the AND of the sign bits); padding never wins.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param geometry window, dilation 1
 */
public record BinaryMaxPool(String name, String input, String output, ConvGeometry geometry)
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
    return Op.BINARY_MAX_POOL;
  }
}

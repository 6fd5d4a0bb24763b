package ai.binealnet.core.graph;

import java.util.List;

/**
 * Maximum over windows; padding never wins.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param geometry window, dilation 1
 */
public record MaxPool(String name, String input, String output, ConvGeometry geometry)
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
    return Op.MAX_POOL;
  }
}

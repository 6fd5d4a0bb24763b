package ai.binealnet.core.graph;

import java.util.List;

/**
 * Average over windows without padding, {@code size x size} with stride {@code size}.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param size side of the window, a power of two, so that averages of quantized values are exact
 */
public record AveragePool(String name, String input, String output, int size) implements Node {
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
    return Op.AVERAGE_POOL;
  }
}

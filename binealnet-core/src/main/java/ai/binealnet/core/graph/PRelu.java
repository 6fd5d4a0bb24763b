package ai.binealnet.core.graph;

import java.util.List;

/**
 * {@code y = x >= 0 ? x : x * slope} per channel; slope 0 is ReLU.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param slope one per channel
 */
public record PRelu(String name, String input, String output, float[] slope) implements Node {
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
    return Op.PRELU;
  }
}

package ai.binealnet.core.graph;

import java.util.List;

/**
 * Element-wise sum of two values of one shape.
 *
 * @param name unique name
 * @param left value read
 * @param right value read
 * @param output value written
 */
public record Add(String name, String left, String right, String output) implements Node {
  @Override
  public List<String> inputs() {
    return List.of(left, right);
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public Op op() {
    return Op.ADD;
  }
}

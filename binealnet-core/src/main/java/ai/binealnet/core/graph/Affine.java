package ai.binealnet.core.graph;

import java.util.List;

/**
 * Per-channel {@code y = fl(fl(x * scale) + shift)} in float32, multiply and add rounded
 * separately: batch norm in evaluation mode.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param scale one per channel
 * @param shift one per channel
 */
public record Affine(String name, String input, String output, float[] scale, float[] shift)
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
    return Op.AFFINE;
  }
}

package ai.binealnet.core.graph;

import java.util.List;

/**
 * Sum over height and width times a factor, [N,H,W,C] to [N,C].
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param factor 1 / the smallest power of two not below height * width: a sum of quantized values
 *     stays exact
 */
public record GlobalAveragePool(String name, String input, String output, float factor)
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
    return Op.GLOBAL_AVERAGE_POOL;
  }
}

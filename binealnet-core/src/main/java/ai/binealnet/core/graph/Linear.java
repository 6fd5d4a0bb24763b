package ai.binealnet.core.graph;

import java.util.List;

/**
 * {@code y = x W^T + bias}, [N,C] to [N,O].
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param inputFeatures C
 * @param outputFeatures O
 * @param weights [O,C]
 * @param bias [O]
 * @param weightType what the weights are
 */
public record Linear(
    String name,
    String input,
    String output,
    int inputFeatures,
    int outputFeatures,
    float[] weights,
    float[] bias,
    WeightType weightType)
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
    return Op.LINEAR;
  }
}

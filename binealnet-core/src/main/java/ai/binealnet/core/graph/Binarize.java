package ai.binealnet.core.graph;

import java.util.List;

/**
 * The BiNeal activation: {@code u = x + b0; v = u >= 0 ? u : u * tau; y = v + b1 >= 0 ? +1 : -1} in
 * float32, per channel.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param b0 shift before the PReLU, one per channel
 * @param tau PReLU slope, one per channel, at least 0
 * @param b1 shift after the PReLU, one per channel
 */
public record Binarize(
    String name, String input, String output, float[] b0, float[] tau, float[] b1) implements Node {
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
    return Op.BINARIZE;
  }
}

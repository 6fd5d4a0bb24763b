package ai.binealnet.core.graph;

import java.util.List;

/**
 * Pixels 0..255 to the network's input, {@code y = (x - mean) / std} per channel, [N,H,W,C].
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param mean one per channel, in pixel units
 * @param std one per channel, in pixel units, positive
 */
public record Normalize(String name, String input, String output, float[] mean, float[] std)
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
    return Op.NORMALIZE;
  }
}

package ai.binealnet.core.graph;

import java.util.List;

/**
 * Two-dimensional convolution without bias, [N,H,W,C] to [N,H',W',O].
 *
 * <p>A convolution with {@link WeightType#BINARY} weights reads +1 and -1 only and is padded with
 * +1, any other with 0.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param geometry window
 * @param inputChannels C
 * @param outputChannels O
 * @param weights [O,kh,kw,C]
 * @param weightType what the weights are
 * @param binaryInput whether every input value is +1 or -1 (then padding is +1)
 */
public record Conv2d(
    String name,
    String input,
    String output,
    ConvGeometry geometry,
    int inputChannels,
    int outputChannels,
    float[] weights,
    WeightType weightType,
    boolean binaryInput)
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
    return Op.CONV2D;
  }
}

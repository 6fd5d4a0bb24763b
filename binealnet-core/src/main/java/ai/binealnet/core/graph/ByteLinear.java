package ai.binealnet.core.graph;

import java.util.List;

/**
 * Lowered. Fully connected layer on int8 [N,1,1,C32], to float32 [N,O]: {@code y * scale[o] +
 * shift[o]} for the integer {@code y = sum x * w}, exact in float32 (below 2^24). Multiply and add
 * are separate float32 operations.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param inputFeatures C, the true number
 * @param outputFeatures O
 * @param weights int8 [O,C], true channels only
 * @param scale [O]
 * @param shift [O]
 */
public record ByteLinear(
    String name,
    String input,
    String output,
    int inputFeatures,
    int outputFeatures,
    byte[] weights,
    float[] scale,
    float[] shift)
    implements Node {
  private static final ConvGeometry POINT = new ConvGeometry(1, 1, 1, 0, 1);

  /** The same as a convolution of the one pixel, to [N,1,1,O]. */
  public ByteConv2d convolution() {
    return new ByteConv2d(
        name,
        inputs(),
        outputs(),
        POINT,
        false,
        0,
        inputFeatures,
        outputFeatures,
        weights,
        new Epilogue.ToFloat(scale, shift));
  }

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
    return Op.BYTE_LINEAR;
  }
}

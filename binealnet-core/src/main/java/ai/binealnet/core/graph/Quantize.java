package ai.binealnet.core.graph;

import java.util.List;

/**
 * Fake quantization, {@code y = clip(rint(x / scale), min, max) * scale}, round half to even.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param scale positive power of two, so that all arithmetic on quantized values is exact in
 *     float32
 * @param min lowest level, such as -8
 * @param max highest level, such as 7
 */
public record Quantize(String name, String input, String output, float scale, int min, int max)
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
    return Op.QUANTIZE;
  }
}

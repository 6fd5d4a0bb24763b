package ai.binealnet.core.graph;

import java.util.List;

/**
 * Nearest-neighbour up-sampling, [N,H,W,C] to [N,H factor,W factor,C]: {@code y[n,h,w,c] =
 * x[n,h/factor,w/factor,c]}.
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param factor copies of each pixel along each axis, at least 1
 */
public record Upsample(String name, String input, String output, int factor) implements Node {
  /** Checks the factor. */
  public Upsample {
    if (factor < 1) {
      throw new IllegalArgumentException(name + " up-samples by " + factor);
    }
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
    return Op.UPSAMPLE;
  }
}

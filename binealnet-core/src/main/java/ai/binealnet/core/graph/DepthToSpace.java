package ai.binealnet.core.graph;

import java.util.List;

/**
 * Channels to pixels (Shi et al., 2016), [N,H,W,C factor^2] to [N,H factor,W factor,C]. The pixel's
 * place varies slowest among the channels, as in ONNX's {@code DepthToSpace} of mode {@code DCR}
 * and in TensorFlow, unlike PyTorch's {@code PixelShuffle}:
 *
 * <pre>y[n, h factor + i, w factor + j, c] = x[n, h, w, (i factor + j) C + c]</pre>
 *
 * @param name unique name
 * @param input value read
 * @param output value written
 * @param factor pixels that one becomes along each axis, at least 1
 */
public record DepthToSpace(String name, String input, String output, int factor) implements Node {
  /** Checks the factor. */
  public DepthToSpace {
    if (factor < 1) {
      throw new IllegalArgumentException(name + " enlarges by " + factor);
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
    return Op.DEPTH_TO_SPACE;
  }
}

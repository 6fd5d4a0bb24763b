package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Enlarging of {@code [N,H,W,C]}. */
public final class Resampling {
  private Resampling() {}

  /** Nearest neighbour: copies each pixel to a block, to {@code [N,H factor,W factor,C]}. */
  public static Variable nearest(Tape tape, Variable x, int factor) {
    Shape in = x.shape();
    Tensor y = tape.allocate(enlarged(in, factor, in.channels()));
    tape.kernels().upsample(x.value(), factor, y);
    return tape.record(x, y, (dy, dx) -> tape.kernels().upsampleBackward(dy, factor, dx));
  }

  /**
   * Channels to pixels, {@code [N,H,W,C factor^2]} to {@code [N,H factor,W factor,C]}; see {@link
   * ai.binealnet.core.graph.DepthToSpace} for the order of the channels.
   *
   * @throws IllegalArgumentException if the channels are no multiple of {@code factor^2}
   */
  public static Variable depthToSpace(Tape tape, Variable x, int factor) {
    Shape in = x.shape();
    if (in.channels() % (factor * factor) != 0) {
      throw new IllegalArgumentException(
          in.channels() + " channels make no blocks of " + factor + "x" + factor + " pixels");
    }
    Tensor y = tape.allocate(enlarged(in, factor, in.channels() / (factor * factor)));
    tape.kernels().depthToSpace(x.value(), factor, y);
    return tape.record(x, y, (dy, dx) -> tape.kernels().spaceToDepth(dy, factor, dx));
  }

  private static Shape enlarged(Shape in, int factor, int channels) {
    return Shape.of(in.dim(0), in.dim(1) * factor, in.dim(2) * factor, channels);
  }
}

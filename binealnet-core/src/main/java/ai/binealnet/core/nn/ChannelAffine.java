package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.PerChannel;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Shape;
import java.util.List;

/**
 * A learned factor and shift for each channel, {@code x * gamma[c] + beta[c]}: takes the place of a
 * batch normalisation where statistics over images do harm, as in super-resolution. Lowering treats
 * both alike.
 */
public final class ChannelAffine implements Norm {
  private final String name;
  private final Parameter gamma;
  private final Parameter beta;

  /**
   * A layer for {@code channels} channels; the shifts are 0 at first.
   *
   * @param factor gamma at first; behind a binary convolution of K products 1/sqrt(K) gives
   *     variance 1
   */
  public ChannelAffine(String name, int channels, float factor) {
    this.name = name;
    Shape shape = Shape.of(channels);
    gamma =
        new Parameter(name + ".gamma", Parameter.Role.NORM, Initializer.constant(shape, factor));
    beta = new Parameter(name + ".beta", Parameter.Role.NORM, Initializer.constant(shape, 0));
  }

  @Override
  public Variable forward(Tape tape, Variable x, Variable addend) {
    return PerChannel.affine(tape, x, gamma, beta, addend);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    return Emit.affine(graph, name, x, gamma.value().toArray(), beta.value().toArray());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gamma, beta);
  }
}

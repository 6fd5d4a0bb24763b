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
  private final float unit;

  /**
   * A layer for {@code channels} channels; the shifts are 0 at first.
   *
   * @param factor gamma at first; behind a binary convolution of K products 1/sqrt(K) gives
   *     variance 1
   */
  public ChannelAffine(String name, int channels, float factor) {
    this(name, channels, factor, 1, 0);
  }

  /**
   * The same with factors counted in a unit, {@code x * (gamma[c] * unit) + beta[c]}, for
   * optimizers that want parameters of about 1.
   *
   * @param gamma at first
   * @param unit constant, not 0
   * @param shift beta at first
   */
  public ChannelAffine(String name, int channels, float gamma, float unit, float shift) {
    this.name = name;
    this.unit = unit;
    Shape shape = Shape.of(channels);
    this.gamma =
        new Parameter(name + ".gamma", Parameter.Role.NORM, Initializer.constant(shape, gamma));
    beta = new Parameter(name + ".beta", Parameter.Role.NORM, Initializer.constant(shape, shift));
  }

  @Override
  public Variable forward(Tape tape, Variable x, Variable addend) {
    return PerChannel.affine(tape, x, gamma, unit, beta, addend);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    return Emit.affine(graph, name, x, PerChannel.factors(gamma, unit), beta.value().toArray());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gamma, beta);
  }
}

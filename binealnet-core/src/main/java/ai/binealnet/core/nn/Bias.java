package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Activation;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Adds a learned number to each channel, for a last convolution that no normalisation follows. */
public final class Bias implements Layer {
  private final String name;
  private final Parameter bias;

  /** A bias of {@code channels} channels, {@code initial} at first. */
  public Bias(String name, int channels, float initial) {
    this.name = name;
    bias =
        new Parameter(
            name + ".bias", Parameter.Role.NORM, Initializer.constant(Shape.of(channels), initial));
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    return tape.observe(name, Activation.addBias(tape, x, bias));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    float[] ones = new float[x.channels()];
    Arrays.fill(ones, 1);
    return Emit.affine(graph, name, x, ones, bias.value().toArray());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(bias);
  }
}

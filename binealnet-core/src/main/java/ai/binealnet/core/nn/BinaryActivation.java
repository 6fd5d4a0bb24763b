package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.ActivationBinarizer;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.tensor.Shape;
import java.util.List;

/**
 * The BiNeal activation with learned shifts and slope per channel; see {@link ActivationBinarizer}.
 */
public final class BinaryActivation implements Layer {
  private final String name;
  private final Parameter b0;
  private final Parameter tau;
  private final Parameter b1;

  /**
   * A binarizer of {@code channels} channels.
   *
   * @param initialSlope tau at first
   * @param clipSlope whether tau is kept at or above 0, without which the activation is not one
   *     threshold
   */
  public BinaryActivation(String name, int channels, float initialSlope, boolean clipSlope) {
    this.name = name;
    Shape shape = Shape.of(channels);
    b0 = new Parameter(name + ".b0", Parameter.Role.THRESHOLD, Initializer.constant(shape, 0));
    tau =
        new Parameter(
            name + ".tau",
            Parameter.Role.THRESHOLD,
            Initializer.constant(shape, initialSlope),
            clipSlope ? 0 : Float.NEGATIVE_INFINITY);
    b1 = new Parameter(name + ".b1", Parameter.Role.THRESHOLD, Initializer.constant(shape, 0));
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    try {
      return tape.observe(name, ActivationBinarizer.binarize(tape, x, b0, tau, b1));
    } catch (ArithmeticException e) {
      throw new ArithmeticException(name + ": " + e.getMessage());
    }
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(
        new Binarize(
            name,
            x.name(),
            name,
            b0.value().toArray(),
            tau.value().toArray(),
            b1.value().toArray()));
    return x.named(name);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(b0, tau, b1);
  }
}

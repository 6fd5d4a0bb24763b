package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Activation;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Shape;
import java.util.List;

/** {@code x >= 0 ? x : x * slope}: with a learned slope per channel, or ReLU. */
public final class PRelu implements Layer {
  private static final float INITIAL_SLOPE = 0.25f;

  private final String name;
  private final Parameter slope;

  private PRelu(String name, Parameter slope) {
    this.name = name;
    this.slope = slope;
  }

  /** A learned slope per channel, 0.25 at first and never negative. */
  public static PRelu learned(String name, int channels) {
    return learned(name, channels, INITIAL_SLOPE);
  }

  /** A learned slope per channel that is never negative, {@code initial} at first. */
  public static PRelu learned(String name, int channels, float initial) {
    return new PRelu(
        name,
        new Parameter(
            name + ".slope",
            Parameter.Role.THRESHOLD,
            Initializer.constant(Shape.of(channels), initial),
            0));
  }

  /** A slope fixed at 0. */
  public static PRelu relu(String name, int channels) {
    return new PRelu(
        name,
        new Parameter(
            name + ".slope",
            Parameter.Role.STATISTIC,
            Initializer.constant(Shape.of(channels), 0)));
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    return Activation.prelu(tape, x, slope);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(new ai.binealnet.core.graph.PRelu(name, x.name(), name, slope.value().toArray()));
    return x.named(name);
  }

  @Override
  public List<Parameter> parameters() {
    return slope.isTrained() ? List.of(slope) : List.of();
  }

  Parameter slope() {
    return slope;
  }
}

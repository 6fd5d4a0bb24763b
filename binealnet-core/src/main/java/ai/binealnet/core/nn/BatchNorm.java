package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Normalization;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Shape;
import java.util.List;

/** Batch normalisation: batch statistics in training, running ones in evaluation. */
public final class BatchNorm implements Norm {
  private static final float MOMENTUM = 0.1f;

  private final String name;
  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter mean;
  private final Parameter variance;

  /** A normalisation of {@code channels} channels, the identity at first. */
  public BatchNorm(String name, int channels) {
    this.name = name;
    Shape shape = Shape.of(channels);
    gamma = new Parameter(name + ".gamma", Parameter.Role.NORM, Initializer.constant(shape, 1));
    beta = new Parameter(name + ".beta", Parameter.Role.NORM, Initializer.constant(shape, 0));
    mean = new Parameter(name + ".mean", Parameter.Role.STATISTIC, Initializer.constant(shape, 0));
    variance =
        new Parameter(name + ".variance", Parameter.Role.STATISTIC, Initializer.constant(shape, 1));
  }

  @Override
  public Variable forward(Tape tape, Variable x, Variable addend) {
    try {
      return tape.isTraining()
          ? Normalization.withBatchStatistics(
              tape, x, gamma, beta, mean, variance, MOMENTUM, addend)
          : Normalization.withRunningStatistics(tape, x, gamma, beta, mean, variance, addend);
    } catch (ArithmeticException e) {
      throw new ArithmeticException(name + ": " + e.getMessage());
    }
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Normalization.Folded folded =
        Normalization.fold(mean.value(), variance.value(), gamma.value(), beta.value());
    return Emit.affine(graph, name, x, folded.scale(), folded.shift());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(gamma, beta, mean, variance);
  }
}

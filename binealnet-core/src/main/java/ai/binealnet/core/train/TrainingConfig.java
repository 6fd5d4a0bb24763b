package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.optim.Adam;
import ai.binealnet.core.optim.Optimizer;
import ai.binealnet.core.optim.ParameterGroups;
import ai.binealnet.core.optim.Schedule;
import ai.binealnet.core.optim.Sgd;
import ai.binealnet.core.tensor.Precision;
import java.util.List;

/**
 * A training recipe.
 *
 * @param epochs passes over the training data
 * @param batch images of one step
 * @param optimizer method
 * @param rate peak learning rate
 * @param momentum of SGD
 * @param schedule of the rate
 * @param groups rate factors and decay by kind of parameter
 * @param labelSmoothing in [0, 1)
 * @param seed of everything random
 * @param checkpointSteps steps between two checkpoints within an epoch; there is always one at its
 *     end
 * @param precision of the convolutions in training, float32 where the processor knows no other
 */
public record TrainingConfig(
    int epochs,
    int batch,
    OptimizerKind optimizer,
    double rate,
    double momentum,
    Schedule schedule,
    ParameterGroups groups,
    float labelSmoothing,
    long seed,
    int checkpointSteps,
    Precision precision) {

  /** The method. */
  public enum OptimizerKind {
    /** {@link Sgd}. */
    SGD,
    /** {@link Adam}. */
    ADAM
  }

  /** Checks the ranges. */
  public TrainingConfig {
    if (epochs < 1 || batch < 1 || checkpointSteps < 1) {
      throw new IllegalArgumentException(
          "epochs, batch and checkpointSteps must be >= 1, got %d, %d and %d"
              .formatted(epochs, batch, checkpointSteps));
    }
    if (!(rate > 0)
        || !(momentum >= 0 && momentum < 1)
        || !(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "rate must be > 0, momentum and labelSmoothing in [0, 1), got %s, %s and %s"
              .formatted(rate, momentum, labelSmoothing));
    }
  }

  /**
   * SGD with momentum 0.9, cosine rate, latent weights at ten times the rate: what trained binary
   * networks best.
   */
  public static TrainingConfig defaults(int epochs) {
    return new TrainingConfig(
        epochs,
        128,
        OptimizerKind.SGD,
        0.1,
        0.9,
        new Schedule(Schedule.Kind.COSINE, 0.5, 10),
        new ParameterGroups(5e-4, 10, 1),
        0.1f,
        1,
        100,
        Precision.BFLOAT16);
  }

  Optimizer optimizer(List<Parameter> parameters) {
    return switch (optimizer) {
      case SGD -> new Sgd(parameters, groups, momentum);
      case ADAM -> new Adam(parameters, groups);
    };
  }
}

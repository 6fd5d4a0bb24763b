package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.optim.Adam;
import ai.binealnet.core.optim.Optimizer;
import ai.binealnet.core.optim.ParameterGroups;
import ai.binealnet.core.optim.Schedule;
import ai.binealnet.core.optim.Sgd;
import ai.binealnet.core.tensor.Precision;
import java.util.List;

/**
 * A training recipe; {@code docs/training.md} explains every key.
 *
 * @param epochs passes over the training data
 * @param batch images of one step
 * @param optimizer method
 * @param rate peak learning rate
 * @param momentum of SGD
 * @param nesterov whether SGD's momentum looks ahead
 * @param schedule of the rate
 * @param groups rate factors and decay by kind of parameter
 * @param clipNorm largest norm of a step's gradients; 0 for no limit
 * @param labelSmoothing in [0, 1)
 * @param ema decay of the averaged weights that evaluation and export use; 0 for none
 * @param normBatches batches that the statistics of the norms are gathered from before an
 *     evaluation; 0 for their moving averages
 * @param stage of a training in two stages
 * @param distillation what a teacher contributes to the loss
 * @param divergence when a training that goes wrong is stopped
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
    boolean nesterov,
    Schedule schedule,
    ParameterGroups groups,
    double clipNorm,
    float labelSmoothing,
    double ema,
    int normBatches,
    Stage stage,
    DistillationConfig distillation,
    DivergenceConfig divergence,
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

  /**
   * The place of a training in two stages (Martinez et al., 2020: activations first, then weights).
   */
  public enum Stage {
    /** One training, complete. */
    SINGLE,
    /** The first of two: binary activations, real weights. */
    ACTIVATIONS,
    /** The second: binary weights, starting from the first's. */
    WEIGHTS
  }

  /** Checks the ranges and what contradicts itself. */
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
    if (!(clipNorm >= 0) || !(ema >= 0 && ema < 1) || normBatches < 0) {
      throw new IllegalArgumentException(
          "clipNorm and normBatches must be >= 0, ema in [0, 1), got %s, %d and %s"
              .formatted(clipNorm, normBatches, ema));
    }
    requirePossibleSchedule(schedule, epochs);
    requirePossibleNesterov(nesterov, optimizer, momentum);
  }

  private static void requirePossibleSchedule(Schedule schedule, int epochs) {
    if (schedule.kind() != Schedule.Kind.ONE_CYCLE && schedule.warmup() > epochs) {
      throw new UserError(
          "the warm-up is longer than the training",
          "training.schedule.warmup of at most " + epochs + " epochs",
          schedule.warmup() + " epochs",
          "lower training.schedule.warmup or raise training.epochs");
    }
  }

  private static void requirePossibleNesterov(
      boolean nesterov, OptimizerKind optimizer, double momentum) {
    if (nesterov && (optimizer != OptimizerKind.SGD || momentum == 0)) {
      throw new UserError(
          "training.nesterov has no momentum to look ahead with",
          "training.optimizer SGD and training.momentum > 0",
          optimizer + " with momentum " + momentum,
          "leave training.nesterov out, or use SGD with training.momentum=0.9");
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
        false,
        new Schedule(Schedule.Kind.COSINE, 0.5, 10, 0.3),
        ParameterGroups.of(5e-4, 10, 1),
        0,
        0.1f,
        0,
        0,
        Stage.SINGLE,
        DistillationConfig.none(),
        DivergenceConfig.defaults(),
        1,
        100,
        Precision.BFLOAT16);
  }

  /**
   * The same with other values.
   *
   * @param settings {@code key=value}, as after {@code training.} on the command line
   * @throws UserError for an unknown key or a value of the wrong kind
   */
  public TrainingConfig with(String... settings) {
    return ConfigFile.resolve(this, null, List.of(settings));
  }

  /**
   * Checks that a recipe has no teacher, for a task that knows none.
   *
   * @param task its name for people, such as {@code matching}
   * @throws UserError if it has
   */
  public void requireNoTeacher(String task) {
    if (distillation.enabled()) {
      throw new UserError(
          task + " has no distillation",
          "training.distillation.teacher left empty",
          distillation.teacher(),
          "leave the section training.distillation out");
    }
  }

  /**
   * Checks that a recipe has no stages, for a task that knows none.
   *
   * @param task its name for people, such as {@code super-resolution}
   * @throws UserError if it has
   */
  public void requireOneStage(String task) {
    if (stage != Stage.SINGLE) {
      throw new UserError(
          task + " is trained in one stage",
          "training.stage=SINGLE",
          stage.toString(),
          "leave training.stage out");
    }
  }

  Optimizer optimizer(List<Parameter> parameters) {
    return switch (optimizer) {
      case SGD -> new Sgd(parameters, groups, momentum, nesterov);
      case ADAM -> new Adam(parameters, groups);
    };
  }
}

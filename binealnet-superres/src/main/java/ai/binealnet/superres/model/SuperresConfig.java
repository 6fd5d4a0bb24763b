package ai.binealnet.superres.model;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.train.TrainingConfig;
import ai.binealnet.superres.decode.EnlargerCard;

/**
 * Everything that decides a super-resolution run besides the data; {@code config.yaml} of a run
 * folder.
 *
 * @param network network
 * @param input size of the small training patches and how pixels are normalised
 * @param training recipe
 * @param augment how training patches are cut
 */
public record SuperresConfig(
    EdsrConfig network, ImageSpec input, TrainingConfig training, PatchConfig augment)
    implements TaskConfig {
  private static final int PATCH = 32;

  /** Checks what the sections say about each other. */
  public SuperresConfig {
    if (augment.dihedral() && input.height() != input.width()) {
      throw new UserError(
          "patches that are turned must be square",
          "equal input.height and input.width",
          input.height() + " and " + input.width(),
          "make them equal or set augment.dihedral=false");
    }
    training.requireOneStage("super-resolution");
    if (training.distillation().features() > 0) {
      throw new UserError(
          "super-resolution learns from a teacher's pictures only",
          "training.distillation.features=0",
          Double.toString(training.distillation().features()),
          "set training.distillation.weight instead");
    }
  }

  /** Eight blocks of 64 channels, twice the size, for an evening on two cores. */
  public static SuperresConfig defaults() {
    return new SuperresConfig(
        new EdsrConfig(2, 8, 32, 2, BlockKind.STREAM, GlobalSkip.BICUBIC),
        ImageSpec.rgb(PATCH, PATCH),
        recipe(),
        new PatchConfig(16, true));
  }

  /** Adam, whose steps do not depend on the size of gradients that no normalisation evens out. */
  private static TrainingConfig recipe() {
    return TrainingConfig.defaults(10)
        .with(
            "batch=16",
            "optimizer=ADAM",
            "rate=0.01",
            "schedule.warmup=0.1",
            "groups.weights.decay=0",
            "labelSmoothing=0");
  }

  /** Seed of the weights. */
  long seed() {
    return training.seed();
  }

  /** What a device must know besides the network. */
  public EnlargerCard card() {
    return new EnlargerCard(network.scale(), network.reach());
  }

  @Override
  public EdsrConfig form() {
    return network;
  }

  @Override
  public String architecture() {
    return network.toString();
  }

  @Override
  public SuperresConfig twin(double width) {
    return new SuperresConfig(network.twin(width), input, training, augment);
  }
}

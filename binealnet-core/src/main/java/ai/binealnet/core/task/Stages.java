package ai.binealnet.core.task;

import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.train.TrainingConfig.Stage;

/** Trainings in two stages: first activations become binary, then weights. */
public final class Stages {
  private Stages() {}

  /**
   * Checks that a backbone is what a stage trains.
   *
   * @throws UserError if it is not
   */
  public static void require(BackboneConfig backbone, Stage stage) {
    if (stage == Stage.SINGLE) {
      return;
    }
    boolean weights = stage == Stage.WEIGHTS;
    BinaryOptions binary = backbone.binary();
    if (backbone.block() == BlockKind.BASIC
        || !binary.activations()
        || binary.weights() != weights) {
      throw new UserError(
          "the network does not fit training.stage=" + stage,
          "a binary block with backbone.binary.activations=true and backbone.binary.weights="
              + weights,
          "%s with activations=%s and weights=%s"
              .formatted(backbone.block(), binary.activations(), binary.weights()),
          "correct the section backbone, or set training.stage=SINGLE");
    }
  }
}

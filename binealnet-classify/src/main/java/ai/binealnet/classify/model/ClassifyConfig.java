package ai.binealnet.classify.model;

import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.data.AugmentConfig;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.task.Stages;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.train.TrainingConfig;

/**
 * Everything that decides a classification run besides the data; {@code config.yaml} of a run
 * folder.
 *
 * @param backbone network
 * @param input how pictures become its input
 * @param training recipe
 * @param augment how training pictures are changed at random
 */
public record ClassifyConfig(
    BackboneConfig backbone, ImageSpec input, TrainingConfig training, AugmentConfig augment)
    implements TaskConfig {

  /** Checks what the sections say about each other. */
  public ClassifyConfig {
    Stages.require(backbone, training.stage());
    if (augment.batchMixup().alpha() > 0 && training.batch() < 2) {
      throw new UserError(
          "mixup has nothing to mix",
          "training.batch of at least 2",
          Integer.toString(training.batch()),
          "raise training.batch or set augment.mixup=0");
    }
  }

  /** ResNet-20 x1.5 of residual-stream blocks for 32x32 pictures. */
  public static ClassifyConfig defaults() {
    return new ClassifyConfig(
        new BackboneConfig(
            "resnet20", 1.5, BlockKind.STREAM, StemKind.CIFAR, BinaryOptions.defaults()),
        ImageSpec.cifar(),
        TrainingConfig.defaults(30),
        AugmentConfig.defaults());
  }

  @Override
  public BackboneConfig form() {
    return backbone;
  }

  @Override
  public String architecture() {
    return backbone.toString();
  }

  @Override
  public ClassifyConfig twin(double width) {
    return new ClassifyConfig(backbone.twin().withWidth(width), input, training, augment);
  }
}

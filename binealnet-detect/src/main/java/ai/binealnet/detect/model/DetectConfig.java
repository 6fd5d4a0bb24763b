package ai.binealnet.detect.model;

import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.task.Stages;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.train.TrainingConfig;
import ai.binealnet.detect.data.DetectAugment;

/**
 * Everything that decides a detection run besides the data; {@code config.yaml} of a run folder.
 *
 * @param backbone first part of the network
 * @param head neck and heads
 * @param input size that pictures are letterboxed to, and their normalisation
 * @param training recipe
 * @param loss factors of the losses
 * @param augment how training pictures are changed at random
 */
public record DetectConfig(
    BackboneConfig backbone,
    HeadConfig head,
    ImageSpec input,
    TrainingConfig training,
    LossConfig loss,
    DetectAugment augment)
    implements TaskConfig {

  /** Checks what the sections say about each other. */
  public DetectConfig {
    Stages.require(backbone, training.stage());
  }

  /** CenterNet on ResNet-18 of residual-stream blocks, for pictures of 256x256. */
  public static DetectConfig defaults() {
    return new DetectConfig(
        new BackboneConfig(
            "resnet18", 1, BlockKind.STREAM, StemKind.IMAGENET, BinaryOptions.defaults()),
        HeadConfig.defaults(),
        ImageSpec.rgb(256, 256),
        recipe(),
        LossConfig.defaults(),
        DetectAugment.defaults());
  }

  /**
   * Adam, because heads that start from nothing beside a trained backbone want steps of one size.
   * Latent weights turn their signs only if they move fast.
   */
  private static TrainingConfig recipe() {
    return TrainingConfig.defaults(60)
        .with(
            "batch=16",
            "optimizer=ADAM",
            "rate=0.005",
            "schedule.warmup=1",
            "groups.weights.decay=0.0001",
            "groups.binaryWeights.rate=3",
            "labelSmoothing=0",
            "ema=0.998");
  }

  @Override
  public BackboneConfig form() {
    return backbone;
  }

  @Override
  public String title() {
    boolean partly = hasBinaryLayers() && !head.binary();
    return backbone.title() + "-centernet" + (partly ? "-real-head" : "");
  }

  @Override
  public String architecture() {
    return backbone + " " + head;
  }

  @Override
  public DetectConfig twin(double width) {
    return new DetectConfig(backbone.twin().withWidth(width), head, input, training, loss, augment);
  }
}

package ai.binealnet.segment.model;

import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.task.Stages;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.train.TrainingConfig;
import ai.binealnet.segment.data.AugmentConfig;
import ai.binealnet.segment.loss.LossConfig;

/**
 * Everything that decides a segmentation run besides the data; {@code config.yaml} of a run folder.
 *
 * @param backbone network; its output stride is that of the logits
 * @param head what makes classes of its features
 * @param input size of the pictures that the network reads
 * @param loss what counts how much
 * @param training recipe
 * @param augment how training pictures are changed at random
 */
public record SegmentConfig(
    BackboneConfig backbone,
    HeadConfig head,
    ImageSpec input,
    LossConfig loss,
    TrainingConfig training,
    AugmentConfig augment)
    implements TaskConfig {
  private static final int OUTPUT_STRIDE = 8;
  private static final int HEIGHT = 360;
  private static final int WIDTH = 480;

  /** Checks what the sections say about each other. */
  public SegmentConfig {
    Stages.require(backbone, training.stage());
  }

  /** ResNet-18 with output stride 8 for the pictures of CamVid. */
  public static SegmentConfig defaults() {
    return new SegmentConfig(
        new BackboneConfig(
            "resnet18",
            1,
            BlockKind.STREAM,
            StemKind.IMAGENET,
            BinaryOptions.defaults(),
            OUTPUT_STRIDE),
        HeadConfig.defaults(),
        ImageSpec.rgb(HEIGHT, WIDTH),
        LossConfig.defaults(),
        recipe(),
        AugmentConfig.defaults());
  }

  /** That of classification in small batches, without label smoothing: borders are exact. */
  private static TrainingConfig recipe() {
    return TrainingConfig.defaults(40)
        .with("batch=8", "rate=0.02", "schedule.warmup=1", "labelSmoothing=0");
  }

  @Override
  public BackboneConfig form() {
    return backbone;
  }

  @Override
  public String title() {
    String name = backbone.title() + "-fcn";
    return head.binary() || !hasBinaryLayers() ? name : name + "-realhead";
  }

  @Override
  public String architecture() {
    return backbone + ", " + head + ", auxiliary=" + hasAuxiliary();
  }

  /** Whether the network has an auxiliary head in training. */
  boolean hasAuxiliary() {
    return loss.auxiliary() > 0;
  }

  @Override
  public SegmentConfig twin(double width) {
    return new SegmentConfig(
        backbone.twin().withWidth(width), head, input, loss, training, augment);
  }
}

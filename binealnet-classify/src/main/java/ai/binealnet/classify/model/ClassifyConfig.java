package ai.binealnet.classify.model;

import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.train.TrainingConfig;

/**
 * Everything that decides a classification run besides the data; {@code config.yaml} of a run
 * folder.
 *
 * @param backbone network
 * @param input how pictures become its input
 * @param training recipe
 * @param augment whether training pictures are shifted and mirrored at random
 */
public record ClassifyConfig(
    BackboneConfig backbone, ImageSpec input, TrainingConfig training, boolean augment) {

  /** ResNet-20 x1.5 of residual-stream blocks for 32x32 pictures. */
  public static ClassifyConfig defaults() {
    return new ClassifyConfig(
        new BackboneConfig(
            "resnet20", 1.5, BlockKind.STREAM, StemKind.CIFAR, BinaryOptions.defaults()),
        ImageSpec.cifar(),
        TrainingConfig.defaults(30),
        true);
  }

  /** The same run with the full-precision twin of the network. */
  public ClassifyConfig twin() {
    return new ClassifyConfig(backbone.twin(), input, training, augment);
  }
}

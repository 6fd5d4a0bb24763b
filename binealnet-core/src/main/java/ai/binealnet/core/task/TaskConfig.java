package ai.binealnet.core.task;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.NetworkForm;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.train.TrainingConfig;

/**
 * Everything that decides a training besides the data: a record of each task, {@code config.yaml}
 * of a run folder.
 */
public interface TaskConfig {
  /** What decides the network. */
  NetworkForm form();

  /** A readable name of the network, such as {@code resnet20-x1.5-stream}. */
  default String title() {
    return form().title();
  }

  /** All that the shapes of the weights depend on; a checkpoint of another one is refused. */
  String architecture();

  /** Whether layers have 1-bit weights or inputs; false for a full-precision network. */
  default boolean hasBinaryLayers() {
    return form().block() != BlockKind.BASIC;
  }

  /** How pictures become the network's input in training. */
  ImageSpec input();

  /** The recipe. */
  TrainingConfig training();

  /** Factor on the channels of the network. */
  default double width() {
    return form().width();
  }

  /**
   * The same with the full-precision twin of the network, of equal depth.
   *
   * @param width factor on its channels
   */
  TaskConfig twin(double width);
}

package ai.binealnet.segment;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.decode.ImageSegmenter;
import ai.binealnet.segment.model.SegmentConfig;
import ai.binealnet.segment.model.Segmenter;

/** Segmentation: a class for every pixel of a picture. */
public final class Segment {
  /** The task. */
  public static final TaskDefinition<SegmentConfig, SegmentData, Segmenter> TASK =
      new TaskDefinition<>(
          ImageSegmenter.TASK,
          "mIoU",
          SegmentConfig.defaults(),
          SegmentData::open,
          (config, classes) -> new Segmenter(config, classes.size()),
          SegmentRun::new,
          (config, data, network, teacher) ->
              new SegmentRun(config, data, network).taughtBy(teacher));

  /** Its trainings: train, resume, load. */
  public static final Runs<SegmentConfig, SegmentData, Segmenter> RUNS = new Runs<>(TASK);

  private Segment() {}
}

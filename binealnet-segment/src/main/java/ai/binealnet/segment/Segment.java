package ai.binealnet.segment;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.core.task.TaskRun;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.decode.ImageSegmenter;
import ai.binealnet.segment.model.SegmentConfig;
import ai.binealnet.segment.model.Segmenter;
import java.nio.file.Path;
import java.util.List;

/** Segmentation: a class for every pixel of a picture. */
public final class Segment implements TaskDefinition<SegmentConfig, SegmentData, Segmenter> {
  /** The task. */
  public static final Segment TASK = new Segment();

  /** Its trainings: train, resume, load. */
  public static final Runs<SegmentConfig, SegmentData, Segmenter> RUNS = new Runs<>(TASK);

  private Segment() {}

  @Override
  public String name() {
    return ImageSegmenter.TASK;
  }

  @Override
  public String mainMetric() {
    return "mIoU";
  }

  @Override
  public SegmentConfig defaults() {
    return SegmentConfig.defaults();
  }

  @Override
  public SegmentData open(Path data) {
    return SegmentData.open(data);
  }

  @Override
  public Segmenter network(SegmentConfig config, List<String> classes) {
    return new Segmenter(config, classes.size());
  }

  @Override
  public TaskRun<?> run(SegmentConfig config, SegmentData data, Segmenter network) {
    return new SegmentRun(config, data, network);
  }

  @Override
  public TaskRun<?> student(
      SegmentConfig config, SegmentData data, Segmenter network, Segmenter teacher) {
    return new SegmentRun(config, data, network).taughtBy(teacher);
  }
}

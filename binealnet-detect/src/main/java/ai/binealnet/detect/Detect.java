package ai.binealnet.detect;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.core.task.TaskRun;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.decode.ObjectDetector;
import ai.binealnet.detect.metric.DetectionEvaluation;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;
import java.nio.file.Path;
import java.util.List;

/** Detection: which objects a picture shows, and where. */
public final class Detect implements TaskDefinition<DetectConfig, DetectionData, CenterNet> {
  /** The task. */
  public static final Detect TASK = new Detect();

  /** Its trainings: train, resume, load. */
  public static final Runs<DetectConfig, DetectionData, CenterNet> RUNS = new Runs<>(TASK);

  private Detect() {}

  @Override
  public String name() {
    return ObjectDetector.TASK;
  }

  @Override
  public String mainMetric() {
    return DetectionEvaluation.MAP50;
  }

  @Override
  public DetectConfig defaults() {
    return DetectConfig.defaults();
  }

  @Override
  public DetectionData open(Path data) {
    return DetectionData.open(data);
  }

  @Override
  public CenterNet network(DetectConfig config, List<String> classes) {
    return new CenterNet(config, classes.size());
  }

  @Override
  public TaskRun<?> run(DetectConfig config, DetectionData data, CenterNet network) {
    return new DetectRun(config, data, network);
  }

  @Override
  public TaskRun<?> student(
      DetectConfig config, DetectionData data, CenterNet network, CenterNet teacher) {
    return new DetectRun(config, data, network).taughtBy(teacher);
  }
}

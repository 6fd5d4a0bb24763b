package ai.binealnet.detect;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.decode.ObjectDetector;
import ai.binealnet.detect.metric.DetectionEvaluation;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;

/** Detection: which objects a picture shows, and where. */
public final class Detect {
  /** The task. */
  public static final TaskDefinition<DetectConfig, DetectionData, CenterNet> TASK =
      new TaskDefinition<>(
          ObjectDetector.TASK,
          DetectionEvaluation.MAP50,
          DetectConfig.defaults(),
          DetectionData::open,
          (config, classes) -> new CenterNet(config, classes.size()),
          DetectRun::new,
          (config, data, network, teacher) ->
              new DetectRun(config, data, network).taughtBy(teacher));

  /** Its trainings: train, resume, load. */
  public static final Runs<DetectConfig, DetectionData, CenterNet> RUNS = new Runs<>(TASK);

  private Detect() {}
}

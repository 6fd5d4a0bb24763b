package ai.binealnet.classify;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;

/** Classification: what a picture shows. */
public final class Classify {
  /** The task. */
  public static final TaskDefinition<ClassifyConfig, ClassificationData, Classifier> TASK =
      new TaskDefinition<>(
          ImageClassifier.TASK,
          "top1",
          ClassifyConfig.defaults(),
          ClassificationData::open,
          (config, classes) -> new Classifier(config, classes.size()),
          ClassifyRun::new,
          (config, data, network, teacher) ->
              new ClassifyRun(config, data, network).taughtBy(teacher));

  /** Its trainings: train, resume, load. */
  public static final Runs<ClassifyConfig, ClassificationData, Classifier> RUNS = new Runs<>(TASK);

  private Classify() {}
}

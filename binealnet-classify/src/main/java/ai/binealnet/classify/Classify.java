package ai.binealnet.classify;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.core.task.TaskRun;
import java.nio.file.Path;
import java.util.List;

/** Classification: what a picture shows. */
public final class Classify
    implements TaskDefinition<ClassifyConfig, ClassificationData, Classifier> {
  /** The task. */
  public static final Classify TASK = new Classify();

  /** Its trainings: train, resume, load. */
  public static final Runs<ClassifyConfig, ClassificationData, Classifier> RUNS = new Runs<>(TASK);

  private Classify() {}

  @Override
  public String name() {
    return ImageClassifier.TASK;
  }

  @Override
  public String mainMetric() {
    return "top1";
  }

  @Override
  public ClassifyConfig defaults() {
    return ClassifyConfig.defaults();
  }

  @Override
  public ClassificationData open(Path data) {
    return ClassificationData.open(data);
  }

  @Override
  public Classifier network(ClassifyConfig config, List<String> classes) {
    return new Classifier(config, classes.size());
  }

  @Override
  public TaskRun<?> run(ClassifyConfig config, ClassificationData data, Classifier network) {
    return new ClassifyRun(config, data, network);
  }

  @Override
  public TaskRun<?> student(
      ClassifyConfig config, ClassificationData data, Classifier network, Classifier teacher) {
    return new ClassifyRun(config, data, network).taughtBy(teacher);
  }
}

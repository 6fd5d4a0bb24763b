package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.ClassifyRun;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.metric.ClassificationEvaluation;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.task.TrainedNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eval RUN|MODEL --data DIR}. */
@Command(name = "eval", description = "Measure a run or a model file on a data set.")
final class EvalCommand extends Output {
  /** Which part of the data. */
  enum Split {
    TEST,
    VAL
  }

  @Parameters(paramLabel = "RUN|MODEL", description = "A run folder or a .onnx file.")
  private Path subject;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder with the data.")
  private Path data;

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "test or val (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Override
  Result run() {
    ClassificationData samples = ClassificationData.open(data);
    return Files.isDirectory(subject) ? evaluateRun(samples) : evaluateModel(samples);
  }

  private Result evaluateRun(ClassificationData samples) {
    TrainedNetwork<ClassifyConfig, Classifier> trained = Classify.RUNS.load(subject);
    TrainingData.requireClasses(samples, subject, trained.info().classes());
    ClassifyRun run = new ClassifyRun(trained.config(), samples, trained.network());
    return result("training", run.evaluate(part(samples.fitTo(trained.config().input()))));
  }

  private Result evaluateModel(ClassificationData samples) {
    try (ExportedClassifier model = new ExportedClassifier(subject, 0)) {
      TrainingData.requireClasses(samples, subject, model.card().classes());
      return result(model.kind(), model.evaluate(part(samples)));
    }
  }

  private Dataset<LabeledImage> part(ClassificationData samples) {
    return split == Split.TEST ? samples.test() : samples.validation();
  }

  private Result result(String kind, ClassificationEvaluation evaluation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", Classify.TASK.name());
    json.put("kind", kind);
    json.put("images", evaluation.images());
    json.put("metrics", evaluation.metrics());
    String text =
        "%s (%s) on %d pictures: %s%n%s"
            .formatted(
                subject, kind, evaluation.images(), evaluation.metrics(), evaluation.confusion());
    return Result.done(json, text.stripTrailing());
  }
}

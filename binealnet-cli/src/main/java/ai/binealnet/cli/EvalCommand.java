package ai.binealnet.cli;

import ai.binealnet.core.task.Evaluation;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eval RUN|MODEL --data DIR}. */
@Command(name = "eval", description = "Measure a run or a model file on a data set.")
final class EvalCommand extends Output {
  private static final int DIGITS = 4;

  /** Which part of the data. */
  enum Split {
    TEST,
    VAL;

    private Part part() {
      return this == TEST ? Part.TEST : Part.VALIDATION;
    }
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

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Also write pictures and tables of the result into this folder.")
  private Path pictures;

  @Mixin private LookOptions look;

  @Override
  Result run() {
    return evaluate(Tasks.of(subject));
  }

  private <D extends TaskData> Result evaluate(VisionTask<?, D> task) {
    if (Files.isDirectory(subject)) {
      if (look.isGiven()) {
        throw usage("'--flip-test' and '--turns' are for model files, got the run " + subject);
      }
      return result(task, "training", task.evaluateRun(subject, data, split.part()));
    }
    D samples = task.runs().task().open(data);
    try (ExportedModel<D> model = task.open(subject, 0)) {
      look.apply(model);
      VisionTask.requireClasses(samples, subject, model.card().classes());
      return result(task, model.kind(), model.evaluate(samples, split.part(), Integer.MAX_VALUE));
    }
  }

  private Result result(VisionTask<?, ?> task, String kind, Evaluation evaluation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", task.name());
    json.put("kind", kind);
    json.put("images", evaluation.images());
    json.put("metrics", evaluation.metrics());
    if (pictures != null) {
      OutputFiles.makeFolder(pictures);
      evaluation.draw(pictures);
      json.put("pictures", pictures.toString());
    }
    String text =
        "%s (%s) on %d pictures: %s%n%s"
            .formatted(subject, kind, evaluation.images(), line(evaluation.metrics()), evaluation);
    return Result.done(json, text.stripTrailing());
  }

  private static String line(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(metric -> metric.getKey() + " " + Numbers.fixed(metric.getValue(), DIGITS))
        .collect(Collectors.joining(", "));
  }
}

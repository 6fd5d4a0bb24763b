package ai.binealnet.cli;

import ai.binealnet.classify.data.DataCheck;
import ai.binealnet.classify.data.DataReport;
import ai.binealnet.classify.data.DataReport.Finding;
import ai.binealnet.core.task.TaskData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data check DIR}. */
@Command(
    name = "check",
    description = "Read every picture of a data folder and report all that is wrong with it.")
final class DataCheckCommand extends Output {
  @Parameters(paramLabel = "DIR", description = "Folder with the data.")
  private Path dir;

  @Option(
      names = "--task",
      defaultValue = "classify",
      description = "What the data is for: " + Tasks.NAMES + " (default: ${DEFAULT-VALUE}).")
  private String task;

  @Override
  Result run() {
    VisionTask<?, ?, ?> vision = Tasks.named(task);
    return vision instanceof ClassifyTask ? classification() : summary(vision);
  }

  private Result summary(VisionTask<?, ?, ?> vision) {
    TaskData data = vision.runs().task().open(dir);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", vision.name());
    json.put("ok", true);
    json.put("trainable", data.isTrainable());
    json.put("classes", data.classes());
    json.put("summary", data.summary());
    String verdict =
        data.isTrainable() ? "fit for training" : "fit for eval only: nothing to train on";
    return Result.done(json, dir + "\n" + data.summary().stripTrailing() + "\n" + verdict);
  }

  private Result classification() {
    DataReport report = DataCheck.run(dir);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", "classify");
    json.put("format", report.format().name().toLowerCase(Locale.ROOT));
    json.put("ok", report.ok());
    json.put("classes", report.classes());
    json.put("counts", report.counts());
    json.put("sizes", report.sizes());
    json.put("findings", report.findings());
    return new Result(json, text(report), report.ok());
  }

  private static String text(DataReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.root()).append(": classification data, format ").append(report.format());
    text.append("\nclasses (").append(report.classes().size()).append("): ");
    text.append(String.join(", ", report.classes()));
    report
        .counts()
        .forEach(
            (split, byClass) ->
                text.append("\n%-6s %d pictures".formatted(split, sum(byClass)))
                    .append(", per class ")
                    .append(byClass));
    text.append("\nsizes (rows x columns): ").append(report.sizes());
    for (Finding finding : report.findings()) {
      text.append("\n").append(finding.severity().name().toLowerCase(Locale.ROOT)).append(": ");
      text.append(finding.what()).append("\n  expected:   ").append(finding.expected());
      text.append("\n  actual:     ").append(finding.actual());
      text.append("\n  what to do: ").append(finding.remedy());
    }
    return text.append(report.ok() ? "\nfit for training" : "\nNOT fit for training").toString();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.data.DataCheck;
import ai.binealnet.classify.data.DataReport;
import ai.binealnet.classify.data.DataReport.Finding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All that is wrong with classification data, in words and as JSON. */
final class ClassificationCheck {
  private ClassificationCheck() {}

  /** Looks at a folder. */
  static Result of(Path dir) {
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

package ai.binealnet.cli;

import ai.binealnet.deploy.bench.ColdStart;
import ai.binealnet.deploy.bench.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link Report} as rows of cells, the head first. */
final class ReportTable {
  /** Columns at the left that hold words. */
  static final int WORDS = 2;

  private static final double MILLI = 1e3;
  private static final int LOW = 5;
  private static final int DIGITS = 3;

  private ReportTable() {}

  static List<List<String>> cells(Report report) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(head(report));
    report.rows().forEach(row -> cells.add(cells(report, row)));
    return cells;
  }

  private static List<String> head(Report report) {
    List<String> head =
        new ArrayList<>(
            List.of(
                "model",
                "network",
                report.metric().title() + " " + report.metric().unit(),
                "file"));
    for (int threads : report.threads()) {
      head.add("p5 ms, %dT".formatted(threads));
      head.add("median ms, %dT".formatted(threads));
    }
    if (report.hasStarts()) {
      head.addAll(List.of("open ms", "peak MB", "model MB"));
    }
    head.add("from");
    return head;
  }

  private static List<String> cells(Report report, Report.Row row) {
    List<String> cells = new ArrayList<>();
    cells.add(row.model().contender().name());
    cells.add(row.model().network());
    cells.add(report.metric().number(row.value(report.metric())));
    cells.add(Numbers.size(row.bytes()));
    for (int threads : report.threads()) {
      Timings times = row.times().get(threads);
      cells.add(Numbers.fixed(MILLI * times.percentile(LOW), DIGITS));
      cells.add(Numbers.fixed(MILLI * times.median(), DIGITS));
    }
    if (report.hasStarts()) {
      ColdStart start = row.start();
      cells.add(Numbers.fixed(start.openMillis(), 0));
      cells.add(NetworkBenchReport.megabytes(start.peakBytes()));
      cells.add(NetworkBenchReport.megabytes(start.modelBytes()));
    }
    cells.add(row.model().source());
    return cells;
  }

  /** What the columns mean, a sentence each. */
  static List<String> notes(Report report) {
    List<String> notes = new ArrayList<>();
    notes.add(
        report.metric().title() + ": " + report.pictures() + ", each model run by ONNX Runtime");
    notes.add(
        "p5 and median: one picture of "
            + sizes(report)
            + ", from its bytes to the outputs; the models take turns; T: threads of one run");
    if (report.hasStarts()) {
      notes.add(
          "open, peak: in a fresh Java process each, peak of its resident memory over 5 runs;"
              + " model: what it added to Java and ONNX Runtime");
    }
    return notes;
  }

  private static String sizes(Report report) {
    return report.rows().stream()
        .map(row -> row.size().toString())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  /** For the terminal. */
  static String text(Report report) {
    StringBuilder text = new StringBuilder(TextTable.of(cells(report), WORDS));
    notes(report).forEach(note -> text.append('\n').append(note));
    return text.append('\n').append(report.machine().line()).toString();
  }
}

package ai.binealnet.cli;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.report.DotPicture;
import ai.binealnet.core.report.DotPicture.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What an experiment came to so far.
 *
 * @param rows in the order of the experiment
 */
record ExperimentTable(List<Row> rows) {
  private static final int DIGITS = 4;
  private static final String NOTHING = "-";

  /**
   * One row.
   *
   * @param row of the experiment
   * @param top1 accuracy on the test pictures by seed, of the trainings that are finished
   */
  record Row(Experiment.Row row, Map<Long, Double> top1) {
    /** Mean over the seeds, or null. */
    Double mean() {
      return top1.isEmpty()
          ? null
          : top1.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Largest less smallest, or null. */
    Double spread() {
      return top1.isEmpty()
          ? null
          : top1.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow()
              - top1.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
  }

  /** Reads the results of trainings. */
  static ExperimentTable of(Experiment experiment, List<Trial> trials) {
    List<Row> rows = new ArrayList<>();
    for (Experiment.Row row : experiment.rows()) {
      Map<Long, Double> top1 = new LinkedHashMap<>();
      for (Trial trial : trials) {
        OptionalDouble result = trial.row().equals(row) ? trial.top1() : OptionalDouble.empty();
        result.ifPresent(value -> top1.put(trial.seed(), value));
      }
      rows.add(new Row(row, top1));
    }
    return new ExperimentTable(List.copyOf(rows));
  }

  /** Writes {@code table.md}, {@code table.csv} and {@code table.png}, all or none. */
  void write(String title, Path folder) {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    contents.put(folder.resolve("table.md"), markdown(title).getBytes(StandardCharsets.UTF_8));
    contents.put(folder.resolve("table.csv"), csv().getBytes(StandardCharsets.UTF_8));
    List<Line> lines =
        rows.stream()
            .map(
                row ->
                    new Line(
                        row.row().name(),
                        row.row().published(),
                        row.mean(),
                        List.copyOf(row.top1().values())))
            .toList();
    contents.put(folder.resolve("table.png"), DotPicture.png(title, "top-1 accuracy", lines));
    AtomicFiles.writeAll(contents);
  }

  /** Rows of cells, the head first. */
  List<List<String>> cells() {
    Set<Long> seeds = seeds();
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("row", "published", "mean", "spread"));
    seeds.forEach(seed -> head.add("seed " + seed));
    cells.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      line.add(row.row().name());
      line.add(format(row.row().published(), NOTHING));
      line.add(format(row.mean(), NOTHING));
      line.add(format(row.spread(), NOTHING));
      seeds.forEach(seed -> line.add(format(row.top1().get(seed), NOTHING)));
      cells.add(line);
    }
    return cells;
  }

  private Set<Long> seeds() {
    Set<Long> seeds = new LinkedHashSet<>();
    rows.forEach(row -> seeds.addAll(row.row().seeds()));
    return seeds;
  }

  private static String format(Double value, String nothing) {
    return value == null ? nothing : Numbers.fixed(value, DIGITS);
  }

  private String markdown(String title) {
    StringBuilder text = new StringBuilder("# " + title + "\n\n");
    List<List<String>> cells = cells();
    for (int i = 0; i < cells.size(); i++) {
      text.append("| ").append(String.join(" | ", cells.get(i))).append(" |\n");
      if (i == 0) {
        text.append("| --- |").append(" ---: |".repeat(cells.get(0).size() - 1)).append('\n');
      }
    }
    return text.append(
            "\nTop-1 accuracy on the test pictures. Spread: largest less smallest over the seeds.\n")
        .toString();
  }

  private String csv() {
    Set<Long> seeds = seeds();
    StringBuilder text = new StringBuilder("name,published,mean,spread");
    seeds.forEach(seed -> text.append(",seed").append(seed));
    text.append('\n');
    for (Row row : rows) {
      text.append(row.row().name());
      text.append(',').append(format(row.row().published(), ""));
      text.append(',').append(format(row.mean(), ""));
      text.append(',').append(format(row.spread(), ""));
      seeds.forEach(seed -> text.append(',').append(format(row.top1().get(seed), "")));
      text.append('\n');
    }
    return text.toString();
  }

  /** What {@code --json} prints. */
  List<Map<String, Object>> json() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", row.row().name());
      entry.put("published", row.row().published());
      entry.put("seeds", row.top1().keySet());
      entry.put("top1", row.top1().values());
      entry.put("mean", row.mean());
      entry.put("spread", row.spread());
      list.add(entry);
    }
    return list;
  }
}

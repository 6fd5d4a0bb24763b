package ai.binealnet.core.train;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code metrics.csv} of a run: one row for each epoch, the epoch in the first column. */
public final class RunLog {
  private static final String EPOCH = "epoch";

  private final Path file;
  private final List<Map<String, Double>> rows;

  /** The log in {@code file}, with the rows it holds already, if any. */
  public RunLog(Path file) {
    this.file = file;
    this.rows = Files.exists(file) ? new ArrayList<>(read(file)) : new ArrayList<>();
  }

  /** Reads a log. */
  public static List<Map<String, Double>> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String[] columns = lines.get(0).split(",");
      require(columns[0].equals(EPOCH), "the first column is " + columns[0]);
      List<Map<String, Double>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",");
        require(cells.length == columns.length, columns.length + " columns, but a row " + line);
        Map<String, Double> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
          row.put(columns[i], Double.valueOf(cells[i]));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "cannot read the run log " + file,
          "a CSV file with a header and numbers",
          e.toString(),
          "move it away; training starts a new one",
          e);
    }
  }

  private static void require(boolean condition, String found) {
    if (!condition) {
      throw new IllegalArgumentException(found);
    }
  }

  /** Forgets rows of {@code epoch} (from 0) and later: a resumed training writes them again. */
  public void truncate(int epoch) {
    rows.removeIf(row -> row.get(EPOCH) > epoch);
  }

  /**
   * Appends a row and writes the file, in a new folder if need be. The first row decides the
   * columns: what a later row lacks is NaN there, what it has besides is left out, so that a run of
   * an older version can be continued.
   *
   * @param epoch from 0; the file counts from 1
   */
  public void append(int epoch, Map<String, Double> values) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put(EPOCH, epoch + 1.0);
    row.putAll(values);
    rows.add(rows.isEmpty() ? row : inColumnsOf(rows.get(0), row));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + file, "a writable folder", e.toString(), "check the folder", e);
    }
    AtomicFiles.write(file, csv().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Double> inColumnsOf(
      Map<String, Double> first, Map<String, Double> row) {
    Map<String, Double> fitted = new LinkedHashMap<>();
    first.keySet().forEach(column -> fitted.put(column, row.getOrDefault(column, Double.NaN)));
    return fitted;
  }

  /** All rows, oldest first. */
  public List<Map<String, Double>> rows() {
    return List.copyOf(rows);
  }

  private String csv() {
    StringBuilder text = new StringBuilder(String.join(",", rows.get(0).keySet())).append('\n');
    for (Map<String, Double> row : rows) {
      text.append(row.values().stream().map(RunLog::format).collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String format(double value) {
    // six digits in either form, so that a row read and written again stays the same
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}

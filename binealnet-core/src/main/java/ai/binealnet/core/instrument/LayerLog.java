package ai.binealnet.core.instrument;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code layers.csv} of a run: for each epoch, layer and kind of parameter one row. Cells of what
 * does not apply are empty.
 */
public final class LayerLog {
  /** Columns behind epoch, layer and kind. */
  public static final List<String> MEASURES =
      List.of(
          Measure.SIZE,
          Measure.GRADIENT_NORM,
          Measure.FLIP_RATIO,
          Measure.NEVER_FLIPPED,
          Measure.DEAD,
          Measure.ALWAYS_PLUS,
          Measure.ALWAYS_MINUS,
          Measure.THETA_MIN,
          Measure.THETA_P25,
          Measure.THETA_MEDIAN,
          Measure.THETA_P75,
          Measure.THETA_MAX,
          Measure.NO_THRESHOLD);

  private static final String HEADER = "epoch,layer,kind," + String.join(",", MEASURES);
  private static final int NAMES = 3;

  private final Path file;
  private final List<LayerRow> rows;

  /** The log in {@code file}, with the rows it holds already, if any. */
  public LayerLog(Path file) {
    this.file = file;
    this.rows = Files.exists(file) ? new ArrayList<>(read(file)) : new ArrayList<>();
  }

  /**
   * Reads a log.
   *
   * @throws UserError if it is damaged
   */
  public static List<LayerRow> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
        throw new IllegalArgumentException(
            "the first line is " + (lines.isEmpty() ? "missing" : lines.get(0)));
      }
      return lines.stream().skip(1).map(LayerLog::parse).toList();
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "cannot read the log of layers " + file,
          "a CSV file with the header " + HEADER,
          e.toString(),
          "move it away; training starts a new one",
          e);
    }
  }

  private static LayerRow parse(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != NAMES + MEASURES.size()) {
      throw new IllegalArgumentException("a row " + line);
    }
    Map<String, Double> measures = new HashMap<>();
    for (int i = NAMES; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        measures.put(MEASURES.get(i - NAMES), Double.valueOf(cells[i]));
      }
    }
    return new LayerRow(Integer.parseInt(cells[0]), cells[1], cells[2], measures);
  }

  /** Forgets rows of {@code epoch} (from 0) and later: a resumed training writes them again. */
  void truncate(int epoch) {
    rows.removeIf(row -> row.epoch() > epoch);
  }

  /**
   * Appends the rows of an epoch and writes the file, in a new folder if need be.
   *
   * @throws UserError if it cannot be written
   */
  void append(List<LayerRow> more) {
    rows.addAll(more);
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    rows.forEach(row -> text.append(line(row)).append('\n'));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + file, "a writable folder", e.toString(), "check the folder", e);
    }
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(LayerRow row) {
    StringBuilder line = new StringBuilder();
    line.append(row.epoch()).append(',').append(row.layer()).append(',').append(row.kind());
    for (String measure : MEASURES) {
      Double value = row.measures().get(measure);
      line.append(',').append(value == null ? "" : format(value));
    }
    return line.toString();
  }

  private static String format(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}

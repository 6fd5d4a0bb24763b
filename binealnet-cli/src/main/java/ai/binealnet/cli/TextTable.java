package ai.binealnet.cli;

import java.util.List;

/** Columns that line up. */
final class TextTable {
  private TextTable() {}

  /**
   * Rows of cells as lines; the first is the head.
   *
   * @param left how many columns at the left are aligned to the left; so is the last one
   */
  static String of(List<List<String>> rows, int left) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        boolean toTheLeft = c < left || c == columns - 1;
        line.append(
            ("%" + (toTheLeft ? "-" : "") + Math.max(1, widths[c]) + "s  ").formatted(row.get(c)));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString().stripTrailing();
  }
}

package ai.binealnet.cli;

import java.util.List;

/**
 * A table of trainings: every row is trained with several seeds.
 *
 * @param base settings that all rows share, as {@code key=value}
 * @param rows in the order of the table
 */
record Experiment(List<String> base, List<Row> rows) {
  /**
   * One row.
   *
   * @param name of the row and of its folder
   * @param published accuracy to compare with, a fraction of one, or null
   * @param settings over the base, as {@code key=value}
   * @param seeds at least two different ones
   */
  record Row(String name, Double published, List<String> settings, List<Long> seeds) {}
}

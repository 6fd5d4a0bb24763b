package ai.binealnet.cli;

import ai.binealnet.core.task.Evaluation;
import ai.binealnet.deploy.bench.ColdStart;
import ai.binealnet.deploy.bench.Timings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What was measured of several models.
 *
 * @param data name of the data folder
 * @param dataHash its fingerprint
 * @param tests pictures of its test part, of which every model saw {@link #images}
 * @param date when
 * @param machine where
 * @param threads numbers of threads, in the order of measuring
 * @param metric what they are compared by
 * @param rows the models
 */
record Report(
    String data,
    String dataHash,
    int tests,
    LocalDate date,
    Machine machine,
    List<Integer> threads,
    MainMetric metric,
    List<Row> rows) {
  /**
   * One model.
   *
   * @param bytes size of its file, which may be gone
   * @param evaluation on the test pictures
   * @param size of the picture that was timed
   * @param times of one picture in seconds, by the number of threads
   * @param start in a fresh process, or null if not asked for
   */
  record Row(
      ReportModel model,
      long bytes,
      Evaluation evaluation,
      PictureSize size,
      Map<Integer, Timings> times,
      ColdStart start) {
    /** The main figure, in its standard form. */
    double value(MainMetric metric) {
      return evaluation.metrics().get(metric.key());
    }
  }

  /** Test pictures that every model saw. */
  long images() {
    return rows.get(0).evaluation().images();
  }

  /** Whether opening times and memory were measured. */
  boolean hasStarts() {
    return rows.get(0).start() != null;
  }

  String title() {
    return "Accuracy and latency on " + data;
  }

  /** On how much data, in words. */
  String pictures() {
    return images() == tests
        ? "%,d test pictures of %s".formatted(tests, data)
        : "%,d of %,d test pictures of %s, evenly chosen".formatted(images(), tests, data);
  }
}

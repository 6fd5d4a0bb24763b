package ai.binealnet.core.metric;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Counts which class was taken for which. Rows are true classes, columns predicted ones. */
public final class ConfusionMatrix {
  private final List<String> classes;
  private final long[][] counts;

  /**
   * Starts at zero.
   *
   * @param classes names, in the order of the class numbers; at least one
   */
  public ConfusionMatrix(List<String> classes) {
    this.classes = List.copyOf(classes);
    if (this.classes.isEmpty()) {
      throw new IllegalArgumentException("needs at least one class");
    }
    this.counts = new long[classes.size()][classes.size()];
  }

  /** Counts one sample. */
  public void add(int label, int predicted) {
    int size = classes.size();
    counts[Objects.checkIndex(label, size)][Objects.checkIndex(predicted, size)]++;
  }

  /**
   * Counts a batch; the prediction is the highest score ({@link TopK#argMax}).
   *
   * @param scores {@code [count, classes]}
   * @param labels {@code [count]}, the true classes
   * @param count samples in the batch
   */
  public void add(float[] scores, int[] labels, int count) {
    for (int i = 0; i < count; i++) {
      add(labels[i], TopK.argMax(scores, i * classes.size(), classes.size()));
    }
  }

  /** The class names. */
  public List<String> classes() {
    return classes;
  }

  /** How many samples of class {@code label} were taken for {@code predicted}. */
  public long count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** Samples of a true class. */
  public long labelled(int label) {
    long sum = 0;
    for (long n : counts[label]) {
      sum += n;
    }
    return sum;
  }

  /** Samples predicted to be of a class. */
  public long predicted(int predicted) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[predicted];
    }
    return sum;
  }

  /** All samples. */
  public long total() {
    long sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += labelled(c);
    }
    return sum;
  }

  /** The fraction of all samples that were right, 0..1; NaN if there are none. */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / total();
  }

  /**
   * Of the samples of a class, the fraction that was found (its accuracy), 0..1; NaN if there are
   * none.
   */
  public double recall(int label) {
    return (double) counts[label][label] / labelled(label);
  }

  /**
   * Of the samples predicted to be of a class, the fraction that is, 0..1; NaN if there are none.
   */
  public double precision(int predicted) {
    return (double) counts[predicted][predicted] / predicted(predicted);
  }

  /**
   * The counts as CSV (RFC 4180): a heading with the predicted classes, then one line per true
   * class.
   */
  public String toCsv() {
    StringBuilder csv = new StringBuilder("true\\predicted");
    for (String name : classes) {
      csv.append(',').append(quoted(name));
    }
    csv.append('\n');
    for (int label = 0; label < counts.length; label++) {
      csv.append(quoted(classes.get(label)));
      for (long n : counts[label]) {
        csv.append(',').append(n);
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** A table for people: the counts, then recall and precision of each class. */
  @Override
  public String toString() {
    int width = Math.max(9, Long.toString(total()).length());
    int first = 14;
    for (String name : classes) {
      width = Math.max(width, name.length());
      first = Math.max(first, name.length());
    }
    StringBuilder table = new StringBuilder(left("true\\predicted", first));
    for (String name : classes) {
      table.append(right(name, width));
    }
    table.append(right("recall", 9)).append(right("precision", 11)).append('\n');
    for (int label = 0; label < counts.length; label++) {
      table.append(left(classes.get(label), first));
      for (long n : counts[label]) {
        table.append(right(Long.toString(n), width));
      }
      table.append(right(fraction(recall(label)), 9));
      table.append(right(fraction(precision(label)), 11)).append('\n');
    }
    return table.append("accuracy ").append(fraction(accuracy())).append('\n').toString();
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String left(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(1, width + 1 - text.length())) + text;
  }
}

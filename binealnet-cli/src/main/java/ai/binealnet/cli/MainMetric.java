package ai.binealnet.cli;

/**
 * The figure that networks of a task are compared by.
 *
 * @param key its standard name, such as {@code top1}
 * @param title for people, such as {@code top-1 accuracy}
 * @param unit such as {@code %}
 * @param factor from the standard form to the unit
 * @param digits that matter, in the unit
 */
record MainMetric(String key, String title, String unit, double factor, int digits) {
  /** A fraction of one, shown in percent. */
  static MainMetric fraction(String key, String title) {
    return new MainMetric(key, title, "%", 100, 2);
  }

  /** A signal-to-noise ratio. */
  static MainMetric decibels(String key, String title) {
    return new MainMetric(key, title, "dB", 1, 2);
  }

  /** For the axis of a picture. */
  String axis() {
    return title + " (" + unit + ")";
  }

  /** Such as {@code 84.96 %}. */
  String text(double value) {
    return number(value) + " " + unit;
  }

  /** The number in the unit. */
  String number(double value) {
    return Numbers.fixed(factor * value, digits);
  }
}

package ai.binealnet.cli;

import java.util.Locale;

/** Numbers as people read them, the same in every country. */
final class Numbers {
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;

  private Numbers() {}

  /** As short as possible: 1.5, but 2 instead of 2.0. */
  static String plain(double value) {
    return value == Math.rint(value) ? fixed(value, 0) : Double.toString(value);
  }

  /** With so many digits behind the point. */
  static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Such as 147 kB or 2.5 MB; a kB is 1000 bytes. */
  static String size(long bytes) {
    return bytes < MEGA ? fixed(bytes / KILO, 0) + " kB" : fixed(bytes / MEGA, 1) + " MB";
  }
}

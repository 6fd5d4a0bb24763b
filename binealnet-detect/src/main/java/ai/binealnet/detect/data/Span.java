package ai.binealnet.detect.data;

import java.util.random.RandomGenerator;

/**
 * One axis of a {@link View}: pixels {@code from .. from + length} of a picture become {@code at ..
 * at + cells} of the network's input.
 *
 * @param from first pixel taken
 * @param length pixels taken, at least 1
 * @param at where they go
 * @param cells how many they become, at least 1
 */
record Span(int from, int length, int at, int cells) {
  /**
   * A place for a picture scaled by {@code scale}: anywhere in the input if it fits, else any part
   * of the picture that fills the input.
   */
  static Span random(int source, int input, double scale, RandomGenerator random) {
    int extent = (int) Math.max(1, Math.round(source * scale));
    if (extent <= input) {
      return new Span(0, source, random.nextInt(input - extent + 1), extent);
    }
    int window = (int) Math.max(1, Math.min(source, Math.round(input / scale)));
    return new Span(random.nextInt(source - window + 1), window, 0, input);
  }

  /** All of the picture from {@code at} on. */
  static Span whole(int source, int at, int extent) {
    return new Span(0, source, at, extent);
  }

  /** Where a coordinate of the picture lies in the input. */
  double map(double coordinate) {
    return at + (coordinate - from) * cells / length;
  }
}

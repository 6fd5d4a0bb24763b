package ai.binealnet.deploy.quantize;

/**
 * What was seen of one tensor. Bins of equal width lie on both sides of 0; when a number does not
 * fit, bins are merged in pairs, which doubles the range, so that one pass over the data suffices.
 */
public final class Histogram {
  /** Bins on each side of 0. */
  static final int BINS = 4096;

  private static final float SMALLEST = 0x1p-20f;

  private float limit = SMALLEST;
  private long[] counts = new long[2 * BINS];
  private long zeros;
  private long total;
  private float min;
  private float max;

  /**
   * Counts numbers.
   *
   * @throws ArithmeticException if one is NaN or infinite
   */
  public void add(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ArithmeticException("a value is " + value);
      }
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    while (Math.max(-min, max) >= limit) {
      widen();
    }
    float perUnit = BINS / limit;
    for (float value : values) {
      if (value == 0) {
        zeros++;
      } else {
        counts[(int) Math.floor(value * perUnit) + BINS]++;
      }
    }
    total += values.length;
  }

  private void widen() {
    long[] merged = new long[2 * BINS];
    for (int i = -BINS; i < BINS; i++) {
      merged[Math.floorDiv(i, 2) + BINS] += counts[i + BINS];
    }
    counts = merged;
    limit *= 2;
  }

  /** The range of what was seen, 0 included. */
  public Range range() {
    return new Range(min, max);
  }

  /**
   * The range without the {@code tail} largest and the {@code tail} smallest numbers, as a fraction
   * of all, to the precision of a bin.
   */
  Range percentile(double tail) {
    double allowed = tail * total;
    long above = 0;
    int high = BINS;
    while (high > 0 && above + counts[BINS + high - 1] <= allowed) {
      above += counts[BINS + --high];
    }
    long below = 0;
    int low = BINS;
    while (low > 0 && below + counts[BINS - low] <= allowed) {
      below += counts[BINS - low--];
    }
    return new Range(Math.max(min, -low * width()), Math.min(max, high * width()));
  }

  /** Width of a bin. */
  float width() {
    return limit / BINS;
  }

  /** How many numbers were exactly 0; no bin holds them. */
  long zeros() {
    return zeros;
  }

  /** Counts by absolute value; bin i holds what lies between i and i + 1 widths. */
  long[] magnitudes() {
    long[] sums = new long[BINS];
    for (int i = 0; i < BINS; i++) {
      sums[i] = counts[BINS + i] + counts[BINS - 1 - i];
    }
    return sums;
  }
}

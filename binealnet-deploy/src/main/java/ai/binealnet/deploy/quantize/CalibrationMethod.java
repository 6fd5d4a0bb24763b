package ai.binealnet.deploy.quantize;

import java.util.Locale;

/** How the range of an activation is chosen from what was seen of it. */
public enum CalibrationMethod {
  /** Everything that was seen. */
  MIN_MAX {
    @Override
    Range range(Histogram seen) {
      return seen.range();
    }
  },
  /** Everything but the outermost 1 in 100,000 at either end. */
  PERCENTILE {
    @Override
    Range range(Histogram seen) {
      return seen.percentile(TAIL);
    }
  },
  /** The range that loses least information, see {@link Entropy}. */
  ENTROPY {
    @Override
    Range range(Histogram seen) {
      return Entropy.range(seen);
    }
  };

  /**
   * What never cuts off what a task needs, such as the sizes of rare large boxes; see
   * docs/quantization.md.
   */
  public static final CalibrationMethod DEFAULT = MIN_MAX;

  private static final double TAIL = 1e-5;

  abstract Range range(Histogram seen);

  /** The name that people use, such as {@code min-max}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

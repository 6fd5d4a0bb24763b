package ai.binealnet.core.optim;

/**
 * The learning rate over a training.
 *
 * @param kind shape of the curve
 * @param warmup epochs of linear rise from 0 before it, a fraction allowed
 * @param cycle length of SGDR's first cycle in epochs; each later one is twice as long
 */
public record Schedule(Kind kind, double warmup, double cycle) {
  /** Shape of the curve after the warm-up. */
  public enum Kind {
    /** Always the peak. */
    CONSTANT,
    /** Half a cosine from the peak to 0 at the end (Loshchilov and Hutter, 2017). */
    COSINE,
    /** Cosine cycles, each restarting at the peak (the same paper). */
    SGDR
  }

  /** Checks the ranges. */
  public Schedule {
    if (!(warmup >= 0 && cycle > 0)) {
      throw new IllegalArgumentException(
          "warmup must be >= 0 and cycle > 0, got " + warmup + " and " + cycle);
    }
  }

  /**
   * Factor in [0, 1] on the peak rate.
   *
   * @param epoch time since the start in epochs, a fraction allowed
   * @param epochs length of the training
   */
  public double factor(double epoch, double epochs) {
    if (epoch < warmup) {
      return epoch / warmup;
    }
    double time = epoch - warmup;
    double length = Math.max(epochs - warmup, 1e-9);
    return switch (kind) {
      case CONSTANT -> 1;
      case COSINE -> cosine(time / length);
      case SGDR -> restarts(time);
    };
  }

  private double restarts(double time) {
    double start = 0;
    double length = cycle;
    while (time >= start + length) {
      start += length;
      length *= 2;
    }
    return cosine((time - start) / length);
  }

  private static double cosine(double progress) {
    return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  }
}

package ai.binealnet.core.optim;

import java.util.Objects;

/**
 * The learning rate over a training.
 *
 * @param kind shape of the curve
 * @param warmup epochs of linear rise from 0 before it, a fraction allowed; {@link Kind#ONE_CYCLE}
 *     has its own rise and none before
 * @param cycle length of SGDR's first cycle in epochs; each later one is twice as long
 * @param rise share of the training in which the one cycle rises, in (0, 1)
 */
public record Schedule(Kind kind, double warmup, double cycle, double rise) {
  /** The one cycle starts at the peak rate divided by this (Smith and Topin, 2019). */
  private static final double START = 25;

  /** Shape of the curve after the warm-up. */
  public enum Kind {
    /** Always the peak. */
    CONSTANT,
    /** Half a cosine from the peak to 0 at the end (Loshchilov and Hutter, 2017). */
    COSINE,
    /** Cosine cycles, each restarting at the peak (the same paper). */
    SGDR,
    /**
     * One cycle: linear from a 25th of the peak up to it, then linear down to 0 at the end
     * (Super-Convergence, Smith and Topin, 2019; the momentum stays as it is).
     */
    ONE_CYCLE
  }

  /** Checks the ranges. */
  public Schedule {
    Objects.requireNonNull(kind, "kind");
    if (!(warmup >= 0 && cycle > 0)) {
      throw new IllegalArgumentException(
          "warmup must be >= 0 and cycle > 0, got " + warmup + " and " + cycle);
    }
    if (!(rise > 0 && rise < 1)) {
      throw new IllegalArgumentException("rise must be a share in (0, 1), got " + rise);
    }
  }

  /**
   * Factor in [0, 1] on the peak rate.
   *
   * @param epoch time since the start in epochs, a fraction allowed
   * @param epochs length of the training
   */
  public double factor(double epoch, double epochs) {
    if (kind == Kind.ONE_CYCLE) {
      return oneCycle(epoch / epochs);
    }
    if (epoch < warmup) {
      return epoch / warmup;
    }
    double time = epoch - warmup;
    double length = Math.max(epochs - warmup, 1e-9);
    return kind == Kind.CONSTANT ? 1 : kind == Kind.COSINE ? cosine(time / length) : restarts(time);
  }

  private double oneCycle(double progress) {
    return progress < rise
        ? (1 + (START - 1) * progress / rise) / START
        : Math.max(0, (1 - progress) / (1 - rise));
  }

  private double restarts(double time) {
    double start = 0;
    double length = cycle;
    while (time > start + length) { // the last step of a cycle is its end, not the next one's peak
      start += length;
      length *= 2;
    }
    return cosine((time - start) / length);
  }

  private static double cosine(double progress) {
    return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  }
}

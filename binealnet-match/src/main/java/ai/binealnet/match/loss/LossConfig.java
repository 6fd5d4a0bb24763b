package ai.binealnet.match.loss;

/**
 * What is trained for (R2D2, Revaud et al., 2019).
 *
 * @param window side of the windows in which the repeatability must agree and have one peak, in
 *     pixels, at least 2
 * @param similarity weight of the agreement
 * @param peakiness weight of the peaks
 * @param precision weight of the descriptors' average precision
 * @param signs part of {@code precision} that the signs of the descriptors get, in [0, 1]; the real
 *     descriptors get the rest
 * @param bins of the average precision, at least 2
 * @param step pixels between two descriptors that are compared
 * @param tolerance a descriptor within so many pixels of the true place is right
 * @param margin one farther away than this is wrong, in pixels
 * @param reach wrong ones up to here are looked for closely, in pixels
 */
public record LossConfig(
    int window,
    double similarity,
    double peakiness,
    double precision,
    double signs,
    int bins,
    int step,
    double tolerance,
    double margin,
    double reach) {
  /** Checks the ranges. */
  public LossConfig {
    if (window < 2 || bins < 2 || step < 1) {
      throw new IllegalArgumentException(
          "window and bins must be >= 2, step >= 1, got %d, %d and %d"
              .formatted(window, bins, step));
    }
    if (!(similarity >= 0) || !(peakiness >= 0) || !(precision >= 0)) {
      throw new IllegalArgumentException(
          "weights must be >= 0, got %s, %s and %s".formatted(similarity, peakiness, precision));
    }
    if (!(signs >= 0 && signs <= 1)) {
      throw new IllegalArgumentException("signs must be in [0, 1], got " + signs);
    }
    if (!(tolerance > 0 && margin >= tolerance && reach >= margin)) {
      throw new IllegalArgumentException(
          "need 0 < tolerance <= margin <= reach, got %s, %s and %s"
              .formatted(tolerance, margin, reach));
    }
  }

  /** As published, with half of the precision for the signs. */
  public static LossConfig defaults() {
    return new LossConfig(16, 1, 1, 1, 0.5, 20, 8, 3, 5, 7);
  }
}

package ai.binealnet.deploy.quantize;

/**
 * The real numbers that a quantized value can represent; what lies outside saturates.
 *
 * @param min lower end, at most 0, because 0 must be exact: convolutions are padded with it
 * @param max upper end, at least 0
 */
public record Range(float min, float max) {
  /** Widens the range to hold 0. */
  public Range {
    min = Math.min(min, 0f);
    max = Math.max(max, 0f);
  }
}

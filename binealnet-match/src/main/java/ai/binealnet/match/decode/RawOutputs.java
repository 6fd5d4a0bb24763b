package ai.binealnet.match.decode;

/** Names of the network's outputs, in training and in exported files. */
public final class RawOutputs {
  /** Descriptors, not normalised, [N,h,w,D]: one for each cell. */
  public static final String DESCRIPTORS = "head.descriptors";

  /** Logits of the reliability, [N,h,w,1]. */
  public static final String RELIABILITY = "head.reliability";

  /**
   * The repeatability before its activation, [N,h,w,s^2]: for each pixel of a cell of s x s pixels,
   * row by row.
   */
  public static final String REPEATABILITY = "head.repeatability";

  private RawOutputs() {}

  /** How much a descriptor can be trusted, in (0, 1): {@code 1 / (1 + exp(-x))}. */
  public static double reliability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /**
   * How surely a place is found again, in [0, 1): {@code u / (1 + u)} with {@code u = log(1 +
   * exp(x))} (R2D2, Revaud et al., 2019).
   */
  public static double repeatability(double x) {
    double u = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    return u / (1 + u);
  }
}

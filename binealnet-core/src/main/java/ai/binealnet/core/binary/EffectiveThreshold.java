package ai.binealnet.core.binary;

/**
 * What a binary activation comes to: {@code sign(htanh(prelu_tau(x + b0) + b1))} (Nie et al., 2022)
 * is a comparison of x with one number, as long as tau is not negative.
 */
public final class EffectiveThreshold {
  private EffectiveThreshold() {}

  /**
   * The smallest x that becomes +1:
   *
   * <pre>
   * theta = -b0 - b1         if b1 &lt;= 0
   *         -b0 - b1 / tau   if b1 &gt; 0 and tau &gt; 0
   *         -infinity        if b1 &gt; 0 and tau = 0: always +1
   * </pre>
   *
   * @return theta, or NaN for a negative tau, where more than one comparison may be needed
   */
  public static float of(float b0, float tau, float b1) {
    if (tau < 0) {
      return Float.NaN;
    }
    if (b1 <= 0) {
      return -b0 - b1;
    }
    return tau > 0 ? -b0 - b1 / tau : Float.NEGATIVE_INFINITY;
  }
}

package ai.binealnet.superres.metric;

/** Peak signal to noise ratio. */
public final class Psnr {
  /** What equal pictures get, so that means stay finite, in dB. */
  public static final double EQUAL = 100;

  private static final double PEAK = 255;

  private Psnr() {}

  /** {@code 10 log10(255^2 / mean (a - b)^2)} in dB, at most {@link #EQUAL}. */
  public static double of(Luma a, Luma b) {
    a.requireSameSize(b);
    double sum = 0;
    for (int i = 0; i < a.values().length; i++) {
      double d = a.values()[i] - b.values()[i];
      sum += d * d;
    }
    double mean = sum / a.values().length;
    return mean == 0 ? EQUAL : Math.min(EQUAL, 10 * Math.log10(PEAK * PEAK / mean));
  }
}

package ai.binealnet.superres.metric;

import java.util.function.IntToDoubleFunction;

/**
 * Structural similarity (Wang et al., 2004): means, variances and covariance under an 11 x 11
 * Gaussian of deviation 1.5, {@code (2 ma mb + C1)(2 cov + C2) / ((ma^2 + mb^2 + C1)(va + vb +
 * C2))} with C1 = (0.01 * 255)^2 and C2 = (0.03 * 255)^2, averaged over all places where the window
 * lies inside.
 */
public final class Ssim {
  private static final int WINDOW = 11;
  private static final double DEVIATION = 1.5;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private Ssim() {}

  /** In [-1, 1], 1 for equal pictures; in smaller ones the window shrinks with the picture. */
  public static double of(Luma a, Luma b) {
    a.requireSameSize(b);
    double[] x = a.values();
    double[] y = b.values();
    double[] mx = blur(a, i -> x[i]);
    double[] my = blur(a, i -> y[i]);
    double[] xx = blur(a, i -> x[i] * x[i]);
    double[] yy = blur(a, i -> y[i] * y[i]);
    double[] xy = blur(a, i -> x[i] * y[i]);
    double sum = 0;
    for (int i = 0; i < mx.length; i++) {
      double product = mx[i] * my[i];
      double squares = mx[i] * mx[i] + my[i] * my[i];
      double covariance = xy[i] - product;
      double variances = xx[i] + yy[i] - squares;
      sum += (2 * product + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return sum / mx.length;
  }

  /** The Gaussian means of a plane, along rows and then along columns. */
  private static double[] blur(Luma size, IntToDoubleFunction plane) {
    double[] across = gaussian(Math.min(WINDOW, size.width()));
    double[] down = gaussian(Math.min(WINDOW, size.height()));
    int width = size.width() - across.length + 1;
    int height = size.height() - down.length + 1;
    double[] rows = new double[size.height() * width];
    for (int i = 0; i < rows.length; i++) {
      int from = i / width * size.width() + i % width;
      for (int t = 0; t < across.length; t++) {
        rows[i] += across[t] * plane.applyAsDouble(from + t);
      }
    }
    double[] means = new double[height * width];
    for (int i = 0; i < means.length; i++) {
      for (int t = 0; t < down.length; t++) {
        means[i] += down[t] * rows[i + t * width];
      }
    }
    return means;
  }

  private static double[] gaussian(int taps) {
    double[] weights = new double[taps];
    double sum = 0;
    for (int t = 0; t < taps; t++) {
      double d = t - (taps - 1) / 2.0;
      weights[t] = Math.exp(-d * d / (2 * DEVIATION * DEVIATION));
      sum += weights[t];
    }
    for (int t = 0; t < taps; t++) {
      weights[t] /= sum;
    }
    return weights;
  }
}

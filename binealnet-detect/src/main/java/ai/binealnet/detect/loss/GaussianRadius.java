package ai.binealnet.detect.loss;

/**
 * How far from an object's centre a detection is still forgiven (CornerNet, Law and Deng, 2018):
 * the largest distance by which the corners of the object's box may move so that it still overlaps
 * the object by an IoU of {@code overlap}.
 *
 * <p>With w, h the box and t the overlap, it is the smallest of three solutions for r:
 *
 * <pre>
 * shifted:  (w - r)(h - r) / (2wh - (w - r)(h - r)) = t   r² - (w + h) r + wh (1 - t)/(1 + t) = 0
 * shrunk:   (w - 2r)(h - 2r) / wh = t                     4r² - 2(w + h) r + (1 - t) wh = 0
 * grown:    wh / ((w + 2r)(h + 2r)) = t                   4t r² + 2t(w + h) r - (1 - t) wh = 0
 * </pre>
 */
final class GaussianRadius {
  private GaussianRadius() {}

  /**
   * The radius in the unit of the sides.
   *
   * @param width of the box, &gt; 0
   * @param height of the box, &gt; 0
   * @param overlap IoU in (0, 1)
   */
  static double of(double width, double height, double overlap) {
    double sum = width + height;
    double area = width * height;
    double shifted = smaller(1, -sum, area * (1 - overlap) / (1 + overlap));
    double shrunk = smaller(4, -2 * sum, (1 - overlap) * area);
    double grown = larger(4 * overlap, 2 * overlap * sum, -(1 - overlap) * area);
    return Math.min(shifted, Math.min(shrunk, grown));
  }

  private static double smaller(double a, double b, double c) {
    return (-b - Math.sqrt(b * b - 4 * a * c)) / (2 * a);
  }

  private static double larger(double a, double b, double c) {
    return (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a);
  }
}

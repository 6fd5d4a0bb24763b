package ai.binealnet.match.loss;

/**
 * {@code 1 - mean over windows of a b / (|a| |b|)}: small where the repeatability of two pictures
 * peaks at the same places (Revaud et al., 2019, eq. 2). Windows overlap by half; those without
 * values are left out.
 *
 * @param height rows of the maps
 * @param width columns of the maps
 * @param window side of a window
 */
record CosineSimilarity(int height, int width, int window) {
  /**
   * The loss of two maps [height, width].
   *
   * @param da gradient by a, added to
   * @param db gradient by b, added to
   * @param weight of the gradients
   */
  double of(float[] a, float[] b, float[] da, float[] db, double weight) {
    Windows windows = new Windows(height, width, window);
    double sum = 0;
    int count = 0;
    for (int corner : windows.corners()) {
      double[] dots = dots(a, b, corner);
      if (dots[0] > 0 && dots[1] > 0) {
        sum += dots[2] / Math.sqrt(dots[0] * dots[1]);
        count++;
      }
    }
    for (int corner : windows.corners()) {
      double[] dots = dots(a, b, corner);
      if (dots[0] > 0 && dots[1] > 0) {
        addGradient(a, b, da, db, corner, dots, -weight / count);
      }
    }
    return count == 0 ? 0 : 1 - sum / count;
  }

  /** a a, b b and a b. */
  private double[] dots(float[] a, float[] b, int corner) {
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int y = 0; y < window; y++) {
      int row = corner + y * width;
      for (int i = row; i < row + window; i++) {
        aa += a[i] * a[i];
        bb += b[i] * b[i];
        ab += a[i] * b[i];
      }
    }
    return new double[] {aa, bb, ab};
  }

  private void addGradient(
      float[] a, float[] b, float[] da, float[] db, int corner, double[] dots, double factor) {
    double scale = factor / Math.sqrt(dots[0] * dots[1]);
    double ownA = dots[2] / dots[0];
    double ownB = dots[2] / dots[1];
    for (int y = 0; y < window; y++) {
      int row = corner + y * width;
      for (int i = row; i < row + window; i++) {
        da[i] += (float) (scale * (b[i] - ownA * a[i]));
        db[i] += (float) (scale * (a[i] - ownB * b[i]));
      }
    }
  }
}

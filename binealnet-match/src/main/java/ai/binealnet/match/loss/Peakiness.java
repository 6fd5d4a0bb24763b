package ai.binealnet.match.loss;

/**
 * {@code 1 - mean over windows of (max - mean)}: small where every window of the repeatability has
 * one peak (Revaud et al., 2019, eq. 3). Windows overlap by half.
 *
 * @param height rows of the map
 * @param width columns of the map
 * @param window side of a window
 */
record Peakiness(int height, int width, int window) {
  /**
   * The loss of a map [height, width].
   *
   * @param gradient added to
   * @param weight of the gradient
   */
  double of(float[] map, float[] gradient, double weight) {
    int[] corners = new Windows(height, width, window).corners();
    int pixels = window * window;
    double loss = 1;
    double part = weight / corners.length;
    for (int corner : corners) {
      int peak = corner;
      double sum = 0;
      for (int k = 0; k < pixels; k++) {
        int i = corner + k / window * width + k % window;
        sum += map[i];
        gradient[i] += (float) (part / pixels);
        peak = map[i] > map[peak] ? i : peak;
      }
      gradient[peak] -= (float) part;
      loss -= (map[peak] - sum / pixels) / corners.length;
    }
    return loss;
  }
}

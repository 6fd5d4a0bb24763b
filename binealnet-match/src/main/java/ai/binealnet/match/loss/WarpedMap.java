package ai.binealnet.match.loss;

import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;

/**
 * A map of the second picture as seen from the first: for each pixel of the first its bilinear
 * value at the corresponding place. Pixels without one are left out of both.
 */
final class WarpedMap {
  private static final int OUTSIDE = -1;

  private final int width;
  private final int[] corner;
  private final float[] fx;
  private final float[] fy;

  /**
   * The correspondence of two pictures of one size.
   *
   * @param map from places in the first to places in the second
   * @param height of the pictures, at least 2
   * @param width of the pictures, at least 2
   */
  WarpedMap(Homography map, int height, int width) {
    this.width = width;
    corner = new int[height * width];
    fx = new float[corner.length];
    fy = new float[corner.length];
    for (int i = 0; i < corner.length; i++) {
      Point there = map.apply(new Point(i % width, i / width));
      corner[i] = OUTSIDE;
      if (there.isInside(height, width)) {
        int x = Math.min((int) there.x(), width - 2);
        int y = Math.min((int) there.y(), height - 2);
        corner[i] = y * width + x;
        fx[i] = (float) (there.x() - x);
        fy[i] = (float) (there.y() - y);
      }
    }
  }

  /** The second picture's map from the first's view; 0 where there is no corresponding place. */
  float[] sample(float[] second) {
    float[] seen = new float[corner.length];
    for (int i = 0; i < seen.length; i++) {
      int c = corner[i];
      if (c != OUTSIDE) {
        float above = second[c] + fx[i] * (second[c + 1] - second[c]);
        float below = second[c + width] + fx[i] * (second[c + width + 1] - second[c + width]);
        seen[i] = above + fy[i] * (below - above);
      }
    }
    return seen;
  }

  /** Gradient of {@link #sample}, added to that of the second picture's map. */
  void addGradient(float[] seen, float[] second) {
    for (int i = 0; i < seen.length; i++) {
      int c = corner[i];
      if (c != OUTSIDE) {
        second[c] += seen[i] * (1 - fx[i]) * (1 - fy[i]);
        second[c + 1] += seen[i] * fx[i] * (1 - fy[i]);
        second[c + width] += seen[i] * (1 - fx[i]) * fy[i];
        second[c + width + 1] += seen[i] * fx[i] * fy[i];
      }
    }
  }

  /** The first picture's map without the pixels that have no corresponding place. */
  float[] mask(float[] first) {
    float[] masked = first.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] = corner[i] == OUTSIDE ? 0 : masked[i];
    }
    return masked;
  }
}

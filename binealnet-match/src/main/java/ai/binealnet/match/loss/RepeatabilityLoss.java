package ai.binealnet.match.loss;

import ai.binealnet.match.decode.RawOutputs;
import ai.binealnet.match.geometry.Homography;
import java.util.List;

/**
 * Key points must be found again: the repeatability of two pictures agrees ({@link
 * CosineSimilarity}) and peaks ({@link Peakiness}).
 *
 * @param config weights and window
 * @param height rows of the maps of cells
 * @param width columns of the maps of cells
 * @param cell side of a cell in pixels, s
 */
record RepeatabilityLoss(LossConfig config, int height, int width, int cell) {
  /**
   * The mean loss of pairs.
   *
   * @param raw before the activation, [2N,h,w,s^2]: N first pictures, then N second ones
   * @param maps N, from first to second
   * @param gradient by raw, overwritten
   */
  double of(float[] raw, List<Homography> maps, float[] gradient) {
    int pairs = maps.size();
    double loss = 0;
    for (int n = 0; n < pairs; n++) {
      float[] first = activated(raw, n);
      float[] second = activated(raw, pairs + n);
      float[] byFirst = new float[first.length];
      float[] bySecond = new float[second.length];
      loss += pair(first, second, maps.get(n), byFirst, bySecond, 1.0 / pairs) / pairs;
      differentiate(raw, n, byFirst, gradient);
      differentiate(raw, pairs + n, bySecond, gradient);
    }
    return loss;
  }

  private double pair(
      float[] first,
      float[] second,
      Homography map,
      float[] byFirst,
      float[] bySecond,
      double share) {
    int rows = height * cell;
    int columns = width * cell;
    int window = Math.min(config.window(), Math.min(rows, columns));
    WarpedMap warp = new WarpedMap(map, rows, columns);
    float[] byMasked = new float[first.length];
    float[] bySeen = new float[first.length];
    double similarity =
        new CosineSimilarity(rows, columns, window)
            .of(
                warp.mask(first),
                warp.sample(second),
                byMasked,
                bySeen,
                share * config.similarity());
    byMasked = warp.mask(byMasked);
    for (int i = 0; i < byFirst.length; i++) {
      byFirst[i] += byMasked[i];
    }
    warp.addGradient(bySeen, bySecond);
    Peakiness peakiness = new Peakiness(rows, columns, window);
    double half = share * config.peakiness() / 2;
    double peaks = peakiness.of(first, byFirst, half) + peakiness.of(second, bySecond, half);
    return config.similarity() * similarity + config.peakiness() * peaks / 2;
  }

  /** Where element i of picture n's cells lies among its pixels. */
  private int pixel(int i) {
    int inside = i % (cell * cell);
    int at = i / (cell * cell);
    int y = at / width * cell + inside / cell;
    int x = at % width * cell + inside % cell;
    return y * width * cell + x;
  }

  private float[] activated(float[] raw, int n) {
    int size = height * width * cell * cell;
    float[] map = new float[size];
    for (int i = 0; i < size; i++) {
      map[pixel(i)] = (float) RawOutputs.repeatability(raw[n * size + i]);
    }
    return map;
  }

  /** {@code d/dx u / (1 + u) = sigmoid(x) / (1 + u)^2}, where {@code 1 / (1 + u) = 1 - map}. */
  private void differentiate(float[] raw, int n, float[] byMap, float[] gradient) {
    int size = byMap.length;
    for (int i = 0; i < size; i++) {
      double x = raw[n * size + i];
      double rest = 1 - RawOutputs.repeatability(x);
      double slope = RawOutputs.reliability(x) * rest * rest; // the sigmoid, here softplus' slope
      gradient[n * size + i] = (float) (byMap[pixel(i)] * slope);
    }
  }
}

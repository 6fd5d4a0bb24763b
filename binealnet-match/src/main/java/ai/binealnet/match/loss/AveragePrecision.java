package ai.binealnet.match.loss;

/**
 * A differentiable average precision (He et al., 2018; Revaud et al., 2019): similarities are
 * counted softly into bins of [0, 1], the best first, and {@code AP = 1 / n+ sum_m h+[m] H+[m] /
 * H[m]} with the counts h of a bin, H of all bins up to it, and + for the right ones. Similarities
 * beyond [0, 1] count as 0 or 1.
 *
 * @param bins M; their centres are {@code 1 - m / (M - 1)}
 */
record AveragePrecision(int bins) {
  /** A right one. */
  static final byte RIGHT = 1;

  /** A wrong one. */
  static final byte WRONG = 0;

  /** Counts neither way. */
  static final byte IGNORED = -1;

  /**
   * The average precision of one query; 0 without right ones.
   *
   * @param similarities to what it is compared with, the first {@code labels.length}
   * @param labels what each is
   * @param gradient of the average precision by each similarity, overwritten
   */
  double of(float[] similarities, byte[] labels, float[] gradient) {
    double[] right = new double[bins];
    double[] all = new double[bins];
    int positives = count(similarities, labels, right, all);
    if (positives == 0) {
      java.util.Arrays.fill(gradient, 0, labels.length, 0);
      return 0;
    }
    double[] byRight = new double[bins];
    double[] byAll = new double[bins];
    double precision = differentiate(right, all, byRight, byAll, positives);
    for (int j = 0; j < labels.length; j++) {
      gradient[j] = 0;
      double place = (1 - similarities[j]) * (bins - 1);
      if (labels[j] != IGNORED && place > 0 && place < bins - 1) {
        int low = (int) place;
        double slope = byAll[low] - byAll[low + 1];
        slope += labels[j] == RIGHT ? byRight[low] - byRight[low + 1] : 0;
        gradient[j] = (float) (slope * (bins - 1));
      }
    }
    return precision;
  }

  private int count(float[] similarities, byte[] labels, double[] right, double[] all) {
    int positives = 0;
    for (int j = 0; j < labels.length; j++) {
      if (labels[j] == IGNORED) {
        continue;
      }
      double place = Math.max(0, Math.min(bins - 1, (1 - similarities[j]) * (bins - 1)));
      int low = Math.min((int) place, bins - 2);
      double share = place - low;
      all[low] += 1 - share;
      all[low + 1] += share;
      if (labels[j] == RIGHT) {
        positives++;
        right[low] += 1 - share;
        right[low + 1] += share;
      }
    }
    return positives;
  }

  /** The average precision, and its derivatives by the counts of each bin. */
  private double differentiate(
      double[] right, double[] all, double[] byRight, double[] byAll, int positives) {
    double[] ratio = new double[bins];
    double[] inverse = new double[bins];
    double rightSoFar = 0;
    double allSoFar = 0;
    double precision = 0;
    for (int m = 0; m < bins; m++) {
      rightSoFar += right[m];
      allSoFar += all[m];
      inverse[m] = allSoFar > 0 ? 1 / allSoFar : 0;
      ratio[m] = rightSoFar * inverse[m];
      precision += right[m] * ratio[m] / positives;
    }
    double laterRight = 0;
    double laterAll = 0;
    for (int m = bins - 1; m >= 0; m--) {
      laterRight += right[m] * inverse[m];
      laterAll += right[m] * ratio[m] * inverse[m];
      byRight[m] = (ratio[m] + laterRight) / positives;
      byAll[m] = -laterAll / positives;
    }
    return precision;
  }
}

package ai.binealnet.segment.loss;

/**
 * What the loss weighs.
 *
 * @param classBalance how far rare classes count more, in [0, 1]: 0 for equal weights, 1 for full
 *     {@link ClassWeights#medianFrequency median-frequency} balancing
 * @param auxiliary weight of the auxiliary head's loss, at least 0; 0 for no such head
 */
public record LossConfig(double classBalance, double auxiliary) {
  /** Checks the ranges. */
  public LossConfig {
    if (!(classBalance >= 0 && classBalance <= 1)
        || !(auxiliary >= 0 && auxiliary < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "classBalance must be in [0, 1] and auxiliary >= 0, got "
              + classBalance
              + " and "
              + auxiliary);
    }
  }

  /** Half balanced, and 0.4 for the auxiliary head (Zhao et al., 2017). */
  public static LossConfig defaults() {
    return new LossConfig(0.5, 0.4);
  }
}

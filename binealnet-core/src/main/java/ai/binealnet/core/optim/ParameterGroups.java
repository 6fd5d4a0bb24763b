package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;

/**
 * Rate factor and weight decay of each kind of parameter. Only real weights decay: latent binary
 * weights, scales, thresholds and norms do not, because their magnitude means something else.
 *
 * @param decay weight decay of real-valued and 8-bit weights
 * @param binaryRate rate factor of latent binary weights; 10 trained best
 * @param auxiliaryRate rate factor of scales and thresholds
 */
public record ParameterGroups(double decay, double binaryRate, double auxiliaryRate) {
  /** Factor on the rate for {@code parameter}. */
  public double rateFactor(Parameter parameter) {
    return switch (parameter.role()) {
      case BINARY_WEIGHT -> binaryRate;
      case SCALE, THRESHOLD -> auxiliaryRate;
      case WEIGHT, NORM -> 1;
      case STATISTIC -> 0;
    };
  }

  /** Weight decay of {@code parameter}. */
  public double decay(Parameter parameter) {
    return parameter.role() == Parameter.Role.WEIGHT ? decay : 0;
  }
}

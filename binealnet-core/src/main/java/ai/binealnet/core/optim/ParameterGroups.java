package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;
import java.util.Objects;

/**
 * Rate factor and weight decay of each kind of parameter.
 *
 * @param weights real-valued and 8-bit weights
 * @param binaryWeights latent binary weights, of which only the sign is used
 * @param scales alpha, lambda, k and quantizer scales
 * @param thresholds shifts and slopes of activations
 * @param norms scales and shifts of normalisations, and biases
 */
public record ParameterGroups(
    Group weights, Group binaryWeights, Group scales, Group thresholds, Group norms) {

  /**
   * One kind's recipe.
   *
   * @param rate factor on the learning rate, at least 0; 0 keeps the kind as it is
   * @param decay weight decay, at least 0
   */
  public record Group(double rate, double decay) {
    /** Checks the ranges. */
    public Group {
      if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)
          || !(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "rate and decay of a group must be >= 0 and finite, got " + rate + " and " + decay);
      }
    }
  }

  /** Nothing may be missing. */
  public ParameterGroups {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(binaryWeights, "binaryWeights");
    Objects.requireNonNull(scales, "scales");
    Objects.requireNonNull(thresholds, "thresholds");
    Objects.requireNonNull(norms, "norms");
  }

  /**
   * Only real weights decay: latent binary weights, scales, thresholds and norms do not, because
   * their magnitude means something else.
   *
   * @param decay of real-valued and 8-bit weights
   * @param binaryRate rate factor of latent binary weights
   * @param auxiliaryRate rate factor of scales and thresholds
   */
  public static ParameterGroups of(double decay, double binaryRate, double auxiliaryRate) {
    Group auxiliary = new Group(auxiliaryRate, 0);
    return new ParameterGroups(
        new Group(1, decay), new Group(binaryRate, 0), auxiliary, auxiliary, new Group(1, 0));
  }

  /** Factor on the rate for {@code parameter}; 0 for a statistic. */
  public double rateFactor(Parameter parameter) {
    return group(parameter.role()).rate();
  }

  /** Weight decay of {@code parameter}; 0 for a statistic. */
  public double decay(Parameter parameter) {
    return group(parameter.role()).decay();
  }

  private Group group(Parameter.Role role) {
    return switch (role) {
      case WEIGHT -> weights;
      case BINARY_WEIGHT -> binaryWeights;
      case SCALE -> scales;
      case THRESHOLD -> thresholds;
      case NORM -> norms;
      case STATISTIC -> new Group(0, 0);
    };
  }
}

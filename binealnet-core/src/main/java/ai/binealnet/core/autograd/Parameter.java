package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Tensor;

/**
 * A named tensor that a network owns and keeps: trained by an optimizer, or a statistic that
 * training gathers.
 */
public final class Parameter extends Variable {
  /** What a parameter is; recipes give each kind its own rate and decay. */
  public enum Role {
    /** Weights of a real-valued or 8-bit layer. */
    WEIGHT,
    /** Latent weights, of which only the sign is used. */
    BINARY_WEIGHT,
    /** Factors: alpha, lambda, k and quantizer scales. */
    SCALE,
    /** Shifts and slopes of activations, which become thresholds. */
    THRESHOLD,
    /** Scale and shift of a normalisation, and biases. */
    NORM,
    /** A running statistic: saved with the network, not trained. */
    STATISTIC
  }

  private final String name;
  private final Role role;
  private final float minimum;

  /**
   * A parameter with its initial value.
   *
   * @param name unique in the network, such as {@code stage1.block0.conv1.weight}
   * @param role what it is
   * @param value initial value
   * @param minimum lower bound that the optimizer keeps, or negative infinity
   */
  public Parameter(String name, Role role, Tensor value, float minimum) {
    super(value, role != Role.STATISTIC);
    this.name = name;
    this.role = role;
    this.minimum = minimum;
    if (role != Role.STATISTIC) {
      setGradient(Tensor.create(value.shape()).fill(0));
    }
  }

  /** A parameter without a lower bound. */
  public Parameter(String name, Role role, Tensor value) {
    this(name, role, value, Float.NEGATIVE_INFINITY);
  }

  /** The unique name. */
  public String name() {
    return name;
  }

  /** What it is. */
  public Role role() {
    return role;
  }

  /** The lower bound, or negative infinity. */
  public float minimum() {
    return minimum;
  }

  /** Whether an optimizer changes it. */
  public boolean isTrained() {
    return role != Role.STATISTIC;
  }

  @Override
  public String toString() {
    return name + shape();
  }
}

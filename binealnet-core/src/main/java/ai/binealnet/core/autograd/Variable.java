package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/**
 * A value in a computation and, during the backward pass, the gradient of the loss with respect to
 * it.
 */
public sealed class Variable permits Parameter {
  private final Tensor value;
  private final boolean needsGradient;
  private Tensor gradient;

  Variable(Tensor value, boolean needsGradient) {
    this.value = value;
    this.needsGradient = needsGradient;
  }

  /** The value. */
  public Tensor value() {
    return value;
  }

  /** The value's extents. */
  public Shape shape() {
    return value.shape();
  }

  /** Whether a gradient flows into this value; false for input images. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /** The gradient gathered so far, or null. */
  public Tensor gradient() {
    return gradient;
  }

  void setGradient(Tensor tensor) {
    gradient = tensor;
  }
}

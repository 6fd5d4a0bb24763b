package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;
import java.util.List;

/**
 * Clipping by the global norm (Pascanu et al., 2013): all gradients of a step are seen as one
 * vector g; {@code g *= min(1, maximum / ||g||)}.
 */
public final class GradientClipping {
  private final List<Parameter> parameters;
  private final double maximum;

  /**
   * Clips the gradients of the trained ones among {@code parameters}.
   *
   * @param maximum largest norm, or 0 to leave gradients as they are
   */
  public GradientClipping(List<Parameter> parameters, double maximum) {
    this.parameters = parameters.stream().filter(Parameter::isTrained).toList();
    this.maximum = maximum;
  }

  /**
   * Shortens the gradients of this step if they are too long.
   *
   * @throws ArithmeticException if their norm is not finite
   */
  public void apply() {
    if (maximum == 0) {
      return;
    }
    double norm = norm();
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException("the norm of the gradients is " + norm);
    }
    if (norm > maximum) {
      float factor = (float) (maximum / norm);
      parameters.forEach(p -> BlockwiseUpdate.scaleGradient(p, factor));
    }
  }

  private double norm() {
    double sum = 0;
    for (Parameter parameter : parameters) {
      sum += BlockwiseUpdate.squaredGradient(parameter);
    }
    return Math.sqrt(sum);
  }
}

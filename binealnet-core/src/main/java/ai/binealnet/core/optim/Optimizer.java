package ai.binealnet.core.optim;

import java.util.Map;

/** Changes parameters by their gradients. */
public interface Optimizer {
  /**
   * Makes one step with learning rate {@code rate} and sets all gradients to 0.
   *
   * @throws ArithmeticException if a parameter becomes infinite or NaN
   */
  void step(double rate);

  /**
   * What must be saved to continue exactly, by name; the arrays are the optimizer's own, and
   * restoring writes to them.
   */
  Map<String, float[]> state();
}

package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum: {@code d = g + decay w; v = momentum v + d; w =
 * max(minimum, w - rate v)}. Nesterov's form looks ahead (Sutskever et al., 2013): {@code w =
 * max(minimum, w - rate (d + momentum v))}.
 */
public final class Sgd implements Optimizer {
  private final List<Parameter> parameters;
  private final ParameterGroups groups;
  private final float momentum;
  private final boolean nesterov;
  private final Map<String, float[]> velocity = new LinkedHashMap<>();

  /** An optimizer of the trained ones among {@code parameters}. */
  public Sgd(
      List<Parameter> parameters, ParameterGroups groups, double momentum, boolean nesterov) {
    this.parameters = parameters.stream().filter(Parameter::isTrained).toList();
    this.groups = groups;
    this.momentum = (float) momentum;
    this.nesterov = nesterov;
    for (Parameter parameter : this.parameters) {
      velocity.put(parameter.name() + ".velocity", new float[parameter.value().size()]);
    }
  }

  @Override
  public void step(double rate) {
    for (Parameter parameter : parameters) {
      step(parameter, rate);
    }
  }

  private void step(Parameter parameter, double rate) {
    float[] v = velocity.get(parameter.name() + ".velocity");
    float r = (float) (rate * groups.rateFactor(parameter));
    float decay = (float) groups.decay(parameter);
    BlockwiseUpdate.forEach(
        parameter,
        (from, w, g, length) -> {
          for (int i = 0; i < length; i++) {
            g[i] += decay * w[i];
            v[from + i] = momentum * v[from + i] + g[i];
          }
          for (int i = 0; i < length; i++) {
            float update = nesterov ? g[i] + momentum * v[from + i] : v[from + i];
            w[i] = Math.max(parameter.minimum(), w[i] - r * update);
          }
        });
  }

  @Override
  public Map<String, float[]> state() {
    return velocity;
  }
}

package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum: {@code v = momentum v + g + decay w; w = max(minimum,
 * w - rate v)}.
 */
public final class Sgd implements Optimizer {
  private final List<Parameter> parameters;
  private final ParameterGroups groups;
  private final float momentum;
  private final Map<String, float[]> velocity = new LinkedHashMap<>();

  /** An optimizer of the trained ones among {@code parameters}. */
  public Sgd(List<Parameter> parameters, ParameterGroups groups, double momentum) {
    this.parameters = parameters.stream().filter(Parameter::isTrained).toList();
    this.groups = groups;
    this.momentum = (float) momentum;
    for (Parameter parameter : this.parameters) {
      velocity.put(parameter.name() + ".velocity", new float[parameter.value().size()]);
    }
  }

  @Override
  public void step(double rate) {
    for (Parameter parameter : parameters) {
      float[] v = velocity.get(parameter.name() + ".velocity");
      float[] w = parameter.value().toArray();
      float[] g = parameter.gradient().toArray();
      float r = (float) (rate * groups.rateFactor(parameter));
      float decay = (float) groups.decay(parameter);
      float minimum = parameter.minimum();
      for (int i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] + (g[i] + decay * w[i]);
      }
      for (int i = 0; i < w.length; i++) {
        w[i] = Math.max(minimum, w[i] - r * v[i]);
      }
      parameter.value().set(w);
      parameter.gradient().fill(0);
    }
  }

  @Override
  public Map<String, float[]> state() {
    return velocity;
  }
}

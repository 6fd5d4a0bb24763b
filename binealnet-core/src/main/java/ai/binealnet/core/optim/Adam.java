package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019). */
public final class Adam implements Optimizer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final List<Parameter> parameters;
  private final ParameterGroups groups;
  private final float[] steps = {0};
  private final Map<String, float[]> state = new LinkedHashMap<>();

  /** An optimizer of the trained ones among {@code parameters}. */
  public Adam(List<Parameter> parameters, ParameterGroups groups) {
    this.parameters = parameters.stream().filter(Parameter::isTrained).toList();
    this.groups = groups;
    state.put("adam.steps", steps);
    for (Parameter parameter : this.parameters) {
      state.put(parameter.name() + ".moment1", new float[parameter.value().size()]);
      state.put(parameter.name() + ".moment2", new float[parameter.value().size()]);
    }
  }

  @Override
  public void step(double rate) {
    steps[0]++;
    float correction1 = (float) (1 - Math.pow(BETA1, steps[0]));
    float correction2 = (float) (1 - Math.pow(BETA2, steps[0]));
    for (Parameter parameter : parameters) {
      step(parameter, rate, correction1, correction2);
    }
  }

  private void step(Parameter parameter, double rate, float correction1, float correction2) {
    float[] m = state.get(parameter.name() + ".moment1");
    float[] v = state.get(parameter.name() + ".moment2");
    double groupRate = rate * groups.rateFactor(parameter);
    float r = (float) (groupRate / correction1);
    float keep = (float) (1 - groupRate * groups.decay(parameter));
    BlockwiseUpdate.forEach(
        parameter,
        (from, w, g, length) -> {
          for (int i = 0; i < length; i++) {
            int k = from + i;
            m[k] = BETA1 * m[k] + (1 - BETA1) * g[i];
            v[k] = BETA2 * v[k] + (1 - BETA2) * g[i] * g[i];
            float update = r * m[k] / ((float) Math.sqrt(v[k] / correction2) + EPSILON);
            w[i] = Math.max(parameter.minimum(), keep * w[i] - update);
          }
        });
  }

  @Override
  public Map<String, float[]> state() {
    return state;
  }
}

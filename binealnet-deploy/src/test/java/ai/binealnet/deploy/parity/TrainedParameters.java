package ai.binealnet.deploy.parity;

import ai.binealnet.core.autograd.Parameter;
import java.util.List;
import java.util.Random;

/** Parameters as if a training had left them. */
final class TrainedParameters {
  private TrainedParameters() {}

  /**
   * Statistics and thresholds as a training may leave them, norms with negative and zero factors.
   */
  static void randomize(List<Parameter> parameters, Random random, boolean clipped) {
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      float[] values = parameter.value().toArray();
      for (int i = 0; i < values.length; i++) {
        float gaussian = (float) random.nextGaussian();
        if (name.endsWith(".gamma")) {
          values[i] = random.nextInt(10) == 0 ? 0 : gaussian;
        } else if (name.endsWith(".mean")) {
          values[i] = gaussian * 2;
        } else if (name.endsWith(".variance")) {
          values[i] = 1 + random.nextFloat() * 100;
        } else if (name.endsWith(".tau") || name.endsWith(".slope")) {
          values[i] = clipped || name.endsWith(".slope") ? Math.abs(gaussian) : gaussian;
        } else if (name.endsWith(".b0") || name.endsWith(".b1") || name.endsWith(".beta")) {
          values[i] = gaussian * 0.3f;
        }
      }
      parameter.value().set(values);
    }
  }
}

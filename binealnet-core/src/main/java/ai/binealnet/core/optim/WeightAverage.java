package ai.binealnet.core.optim;

import ai.binealnet.core.autograd.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Exponential moving average of everything that makes up a network (Polyak and Juditsky, 1992),
 * latent binary weights and running statistics too: {@code a += (1 - d) (w - a)} after each step,
 * with {@code d = min(decay, (1 + t) / (10 + t))} in step t, so that the average soon forgets where
 * training began (as TensorFlow does it).
 *
 * <p>It holds a second set of values that {@link #swap} exchanges with the network's own.
 */
public final class WeightAverage {
  private static final int BLOCK = 4096;

  private final double decay;
  private final Map<Parameter, float[]> others = new LinkedHashMap<>();
  private final float[] block = new float[BLOCK];

  /**
   * An average that starts from the present values.
   *
   * @param decay in [0, 1); 0 for no average: then nothing is held and nothing happens
   */
  public WeightAverage(List<Parameter> parameters, double decay) {
    this.decay = decay;
    if (decay > 0) {
      parameters.forEach(p -> others.put(p, p.value().toArray()));
    }
  }

  /**
   * Takes the network's present values into the average.
   *
   * @param step steps of the whole training before this one
   */
  public void update(long step) {
    float part = (float) (1 - Math.min(decay, (1.0 + step) / (10.0 + step)));
    others.forEach(
        (parameter, average) -> {
          for (int from = 0; from < average.length; from += BLOCK) {
            int length = Math.min(BLOCK, average.length - from);
            parameter.value().read(from, block, length);
            for (int i = 0; i < length; i++) {
              average[from + i] += part * (block[i] - average[from + i]);
            }
          }
        });
  }

  /**
   * Puts the averages into the network and keeps its own values meanwhile; calling it again undoes
   * that.
   */
  public void swap() {
    others.forEach(
        (parameter, average) -> {
          for (int from = 0; from < average.length; from += BLOCK) {
            int length = Math.min(BLOCK, average.length - from);
            parameter.value().read(from, block, length);
            for (int i = 0; i < length; i++) {
              float own = block[i];
              block[i] = average[from + i];
              average[from + i] = own;
            }
            parameter.value().write(from, block, length);
          }
        });
  }

  /**
   * The values that are not in the network now, by parameter name and {@code .raw}: those that
   * training goes on from, if saved while the averages are in the network. Writing to them restores
   * them.
   */
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    others.forEach((parameter, values) -> state.put(parameter.name() + ".raw", values));
    return state;
  }
}

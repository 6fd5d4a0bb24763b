package ai.binealnet.core.nn;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;

/** Initial values of parameters; one per network, so that one seed decides them all. */
public final class Initializer {
  private final Random random;

  /** An initializer for one network. */
  public Initializer(long seed) {
    random = new Random(seed);
  }

  /** Normal with variance {@code 2 / fanIn} (He et al., 2015). */
  public Tensor he(Shape shape, int fanIn) {
    return normal(shape, Math.sqrt(2.0 / fanIn));
  }

  /** Normal with the given standard deviation. */
  public Tensor normal(Shape shape, double deviation) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return Tensor.create(shape).set(values);
  }

  /** One value throughout. */
  public static Tensor constant(Shape shape, float value) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return Tensor.create(shape).set(values);
  }
}

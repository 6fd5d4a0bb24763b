package ai.binealnet.core.tensor;

import java.util.SplittableRandom;

/** Seeded tensors for tests. */
public final class RandomTensors {
  private final SplittableRandom random;

  public RandomTensors(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Uniform in [low, high). */
  public Tensor uniform(Shape shape, double low, double high) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return Tensor.of(shape, values);
  }

  /** +1 and -1. */
  public Tensor signs(Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? 1 : -1;
    }
    return Tensor.of(shape, values);
  }

  /** Integers in [low, high]. */
  public Tensor integers(Shape shape, int low, int high) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(low, high + 1);
    }
    return Tensor.of(shape, values);
  }

  /**
   * All different, in random order, neighbours in value {@code step} apart, around 0 but never 0.
   */
  public Tensor distinct(Shape shape, float step) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int j = random.nextInt(i + 1);
      values[i] = values[j];
      values[j] = (i - values.length / 2 + 0.5f) * step;
    }
    return Tensor.of(shape, values);
  }

  /** NaN throughout, to see that an output is overwritten. */
  public static Tensor garbage(Shape shape) {
    return Tensor.create(shape).fill(Float.NaN);
  }
}

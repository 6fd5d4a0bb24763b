package ai.binealnet.deploy.runtime;

import ai.binealnet.core.inference.FloatTensor;
import java.nio.FloatBuffer;

/**
 * Real numbers that a network returned, still in the memory of the run: for the reader that they
 * are handed to, and only until it returns.
 *
 * @param shape extents, the batch first
 * @param values row-major, from index 0 on
 */
public record FloatView(long[] shape, FloatBuffer values) {
  /** The same numbers in memory of their own. */
  public FloatTensor copy() {
    float[] copy = new float[values.limit()];
    values.get(0, copy);
    return new FloatTensor(shape, copy);
  }
}

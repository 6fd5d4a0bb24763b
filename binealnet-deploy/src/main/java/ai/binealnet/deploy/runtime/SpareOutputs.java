package ai.binealnet.deploy.runtime;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Outputs that no run writes to now, one for each run that there was at once, of the last input's
 * shape only. In fresh memory every page of a large output has to be made first, which can take
 * longer than the network.
 */
final class SpareOutputs implements AutoCloseable {
  private final Deque<RunOutputs> spare = new ArrayDeque<>();
  private long[] input = {};

  /** Outputs for inputs of that shape, or null if there are none to spare. */
  synchronized RunOutputs take(long[] shape) {
    if (!Arrays.equals(shape, input)) {
      close();
      input = shape;
    }
    return spare.poll();
  }

  /** Takes outputs back, or closes them if the shape has changed since. */
  synchronized void give(RunOutputs outputs) {
    if (Arrays.equals(outputs.input(), input)) {
      spare.push(outputs);
    } else {
      outputs.close();
    }
  }

  @Override
  public synchronized void close() {
    spare.forEach(RunOutputs::close);
    spare.clear();
  }
}

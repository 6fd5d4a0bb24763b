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

  /** Whether the last input had that shape too; one that comes only once is not prepared for. */
  synchronized boolean expects(long[] shape) {
    if (Arrays.equals(shape, input)) {
      return true;
    }
    close();
    input = shape;
    return false;
  }

  /** Outputs for inputs of the expected shape, or null if there are none to spare. */
  synchronized RunOutputs take(long[] shape) {
    return Arrays.equals(shape, input) ? spare.poll() : null;
  }

  /**
   * Takes outputs back, or closes them if the shape has changed since or they are for one run only.
   */
  synchronized void give(RunOutputs outputs) {
    if (outputs.isReusable() && Arrays.equals(outputs.input(), input)) {
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

package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.TensorPool;

/**
 * Gathers the statistics of all norms anew, with the weights as they are now: true moments over
 * many batches instead of averages over weights that have changed meanwhile (precise batch norm, Wu
 * and Johnson, 2021). Binary networks need it most, for a weight that flips moves them at once.
 */
final class NormStatistics {
  private final Kernels kernels;
  private final TensorPool pool;

  NormStatistics(Kernels kernels, TensorPool pool) {
    this.kernels = kernels;
    this.pool = pool;
  }

  /**
   * Sends the first batches of an epoch through the network.
   *
   * @param batches how many; 0 leaves the statistics as they are, more than an epoch has mean all
   * @throws ArithmeticException if the statistics are not finite
   */
  <B> void gather(Task<B> task, DataLoader<?, B> loader, int epoch, int batches) {
    if (batches == 0) {
      return;
    }
    try (BatchStream<B> stream = loader.epoch(epoch, 0)) {
      for (int i = 0; i < batches && stream.hasNext(); i++) {
        try (Tape tape = Tape.gathering(kernels, pool, i)) {
          task.forward(tape, stream.next());
        }
      }
    }
  }
}

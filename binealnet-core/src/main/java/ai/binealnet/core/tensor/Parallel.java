package ai.binealnet.core.tensor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Splits a range over a fixed number of threads, always at the same places, so that sums of floats
 * come out the same in every run with the same thread count.
 */
final class Parallel {
  /** Work on {@code [from, to)} by the worker of the given index. */
  interface Range {
    void run(int worker, int from, int to);
  }

  private static final long IDLE_SECONDS = 10;

  private final int threads;
  private final ExecutorService others;

  Parallel(int threads) {
    this.threads = threads;
    int workers = Math.max(1, threads - 1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            workers,
            workers,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Parallel::daemon);
    pool.allowCoreThreadTimeOut(true); // kernels are never closed
    this.others = pool;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "binealnet-kernels");
    thread.setDaemon(true);
    return thread;
  }

  int threads() {
    return threads;
  }

  /** Runs {@code body} on equal parts of {@code [0, count)} and returns when all are done. */
  void run(int count, Range body) {
    Future<?>[] pending = new Future<?>[threads];
    for (int worker = 1; worker < threads; worker++) {
      int index = worker;
      pending[worker] =
          others.submit(() -> body.run(index, bound(count, index), bound(count, index + 1)));
    }
    body.run(0, 0, bound(count, 1));
    for (int worker = 1; worker < threads; worker++) {
      join(pending[worker]);
    }
  }

  private int bound(int count, int worker) {
    return (int) ((long) count * worker / threads);
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}

package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The batches of an epoch in order, prepared ahead by background threads: never more than one per
 * worker, and one more. To be used by one thread. Closing it stops the workers; so does the last
 * batch, or an error.
 *
 * @param <B> the batch
 */
public final class BatchStream<B> implements Iterator<B>, AutoCloseable {
  private static final long CLOSE_SECONDS = 60;

  private final IntFunction<B> source;
  private final int end;
  private final int ahead;
  private final ExecutorService workers;
  private final Deque<Future<B>> pending = new ArrayDeque<>();
  private int submitted;

  BatchStream(IntFunction<B> source, int first, int end, int workers) {
    this.source = source;
    this.submitted = first;
    this.end = end;
    this.ahead = workers + 1;
    this.workers =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "data-loader");
              thread.setDaemon(true);
              return thread;
            });
    fill();
  }

  /** Keeps the workers busy; after the last batch is handed to them, lets them end. */
  private void fill() {
    while (submitted < end && pending.size() < ahead) {
      int batch = submitted++;
      pending.add(workers.submit(() -> source.apply(batch)));
    }
    if (submitted == end) {
      workers.shutdown();
    }
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty();
  }

  /**
   * Waits for the next batch.
   *
   * @throws UserError if a sample of it cannot be read; names the file
   * @throws NoSuchElementException after the last batch, or when closed
   */
  @Override
  public B next() {
    if (pending.isEmpty()) {
      throw new NoSuchElementException("no batch left");
    }
    Future<B> future = pending.remove();
    fill();
    boolean delivered = false;
    try {
      B batch = future.get();
      delivered = true;
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (!delivered) {
        close();
      }
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof UserError) {
      UserError e = (UserError) cause;
      return new UserError(e.what(), e.expected(), e.actual(), e.remedy(), e);
    }
    return new IllegalStateException("cannot prepare a batch: " + cause.getMessage(), cause);
  }

  /** Stops the workers and waits until they have ended. Batches not yet taken are lost. */
  @Override
  public void close() {
    workers.shutdownNow();
    submitted = end;
    pending.clear();
    try {
      if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "a data loader thread does not end within " + CLOSE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

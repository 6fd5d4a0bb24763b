package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Turns a dataset into batches, in the background.
 *
 * <p>What it delivers is a pure function of the settings, the epoch and the batch number: the order
 * depends on (seed, epoch), the augmentation of a sample on (seed, epoch, sample number), that of a
 * batch on (seed, epoch, batch number). The number of workers changes only the speed, and a run
 * that stopped after k batches continues with {@code epoch(e, k)} as if it had not stopped.
 *
 * @param <S> the sample
 * @param <B> the batch
 */
public final class DataLoader<S, B> {
  private final Dataset<S> dataset;
  private final BiFunction<S, RandomGenerator, S> augment;
  private final BiFunction<List<S>, RandomGenerator, B> collate;
  private final Settings settings;

  /**
   * How to form batches.
   *
   * @param batchSize samples per batch, at least 1
   * @param shuffle whether every epoch has its own order; else the dataset's
   * @param dropLast whether to leave out a last batch that is not full
   * @param seed of the order and the augmentation
   * @param workers background threads, at least 1
   */
  public record Settings(int batchSize, boolean shuffle, boolean dropLast, long seed, int workers) {
    /** Checks the values. */
    public Settings {
      if (batchSize < 1 || workers < 1) {
        throw new IllegalArgumentException(
            "batchSize and workers must be >= 1, got " + batchSize + " and " + workers);
      }
    }

    /** Shuffled, full batches only. */
    public static Settings training(int batchSize, long seed, int workers) {
      return new Settings(batchSize, true, true, seed, workers);
    }

    /** In order, every sample once. */
    public static Settings evaluation(int batchSize, int workers) {
      return new Settings(batchSize, false, false, 0, workers);
    }
  }

  /**
   * Makes a loader that changes samples at random.
   *
   * @param dataset read by several threads at once
   * @param augment changes one sample, drawing only from the generator given
   * @param collate makes a batch of 1 to batchSize samples, drawing only from the generator given
   * @param settings how to form batches
   * @throws UserError if there is not enough data for one batch
   */
  public DataLoader(
      Dataset<S> dataset,
      BiFunction<S, RandomGenerator, S> augment,
      BiFunction<List<S>, RandomGenerator, B> collate,
      Settings settings) {
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    this.augment = Objects.requireNonNull(augment, "augment");
    this.collate = Objects.requireNonNull(collate, "collate");
    this.settings = Objects.requireNonNull(settings, "settings");
    if (batchesPerEpoch() == 0) {
      throw new UserError(
          "too few samples for a batch",
          "at least " + (settings.dropLast() ? settings.batchSize() : 1),
          Integer.toString(dataset.size()),
          "use a smaller batch size or more data");
    }
  }

  /** Makes a loader that changes samples at random, each by itself. */
  public DataLoader(
      Dataset<S> dataset,
      BiFunction<S, RandomGenerator, S> augment,
      Function<List<S>, B> collate,
      Settings settings) {
    this(dataset, augment, (samples, random) -> collate.apply(samples), settings);
  }

  /** Makes a loader that delivers the samples as they are. */
  public DataLoader(Dataset<S> dataset, Function<List<S>, B> collate, Settings settings) {
    this(dataset, (sample, random) -> sample, collate, settings);
  }

  /** The number of batches in an epoch. */
  public int batchesPerEpoch() {
    int full = dataset.size() / settings.batchSize();
    boolean rest = !settings.dropLast() && dataset.size() % settings.batchSize() > 0;
    return rest ? full + 1 : full;
  }

  /**
   * Starts to prepare an epoch's batches.
   *
   * @param epoch from 0
   * @param firstBatch number of the first batch delivered: 0, or where an interrupted epoch
   *     continues
   * @return the batches in order; close it
   */
  public BatchStream<B> epoch(int epoch, int firstBatch) {
    Objects.checkIndex(firstBatch, batchesPerEpoch() + 1);
    int[] order = order(epoch);
    return new BatchStream<>(
        batch -> make(order, epoch, batch), firstBatch, batchesPerEpoch(), settings.workers());
  }

  /** The sample numbers in the order of an epoch (Fisher and Yates). */
  private int[] order(int epoch) {
    int[] order = new int[dataset.size()];
    SplittableRandom random = Seeds.order(settings.seed(), epoch);
    for (int i = 0; i < order.length; i++) {
      int j = settings.shuffle() ? random.nextInt(i + 1) : i;
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private B make(int[] order, int epoch, int batch) {
    int from = batch * settings.batchSize();
    int to = Math.min(order.length, from + settings.batchSize());
    List<S> samples = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("closed");
      }
      samples.add(sample(order[i], epoch));
    }
    return collate.apply(samples, Seeds.batch(settings.seed(), epoch, batch));
  }

  private S sample(int index, int epoch) {
    try {
      return augment.apply(dataset.get(index), Seeds.sample(settings.seed(), epoch, index));
    } catch (UserError e) {
      throw e; // names the file already
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "sample " + index + " of epoch " + epoch + " failed: " + e, e);
    }
  }
}

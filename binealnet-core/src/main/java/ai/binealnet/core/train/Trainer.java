package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.FlipRatio;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.TensorPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The training loop. It can stop at any moment and continue from the last checkpoint to the very
 * same bytes: data order and augmentation are functions of seed, epoch and step, and everything
 * else is in the checkpoint.
 *
 * @param <B> a batch
 */
public final class Trainer<B> {
  private final Task<B> task;
  private final DataLoader<?, B> loader;
  private final TrainingConfig config;
  private final RunLog log;
  private final Progress progress;
  private final Kernels kernels;
  private final TensorPool pool = new TensorPool();
  private final TrainingState state;
  private final NormStatistics norms;
  private final FlipRatio flips;
  private TrainingObserver observer = TrainingObserver.NONE;

  /** A trainer of {@code task} on what {@code loader} delivers. */
  public Trainer(
      Task<B> task,
      DataLoader<?, B> loader,
      TrainingConfig config,
      Checkpoint checkpoint,
      RunLog log,
      Progress progress,
      Kernels kernels) {
    this.task = task;
    this.loader = loader;
    this.config = config;
    this.log = log;
    this.progress = progress;
    this.kernels = kernels;
    this.state = new TrainingState(task.parameters(), config, checkpoint);
    this.norms = new NormStatistics(kernels, pool);
    this.flips = new FlipRatio(task.parameters());
  }

  /** Lets {@code watcher} look into the training. */
  public Trainer<B> observedBy(TrainingObserver watcher) {
    observer = watcher;
    return this;
  }

  /**
   * Trains to the end, from the checkpoint if there is one, and leaves the averaged weights in the
   * network, if the recipe wants some.
   *
   * @return the last epoch's row of the run log; empty if there was nothing to do and no log
   * @throws UserError if the loss or a value becomes infinite or NaN, or the loss grows out of
   *     bounds; the last good checkpoint is kept
   */
  public Map<String, Double> fit() {
    Checkpoint.Position position = state.restore();
    flips.next();
    log.truncate(position.epoch());
    observer.begin(position);
    while (position.epoch() < config.epochs()) {
      long start = System.nanoTime();
      position = trainEpoch(position);
      finishEpoch(position, (System.nanoTime() - start) / 1e9);
      position = new Checkpoint.Position(position.epoch() + 1, 0, 0, position.trend());
      save(position);
    }
    state.swapAverage();
    List<Map<String, Double>> rows = log.rows();
    return rows.isEmpty() ? Map.of() : rows.get(rows.size() - 1);
  }

  private Checkpoint.Position trainEpoch(Checkpoint.Position from) {
    int steps = loader.batchesPerEpoch();
    Checkpoint.Position position = from;
    try (BatchStream<B> batches = loader.epoch(from.epoch(), from.step())) {
      while (batches.hasNext()) {
        position = step(batches.next(), position, steps);
        int step = position.step();
        progress.step(position.epoch(), step, steps, position.lossSum() / step);
        if (step % config.checkpointSteps() == 0 && step < steps) {
          save(position);
        }
      }
    }
    return position;
  }

  /** A checkpoint while the loss is out of bounds would not be a good one. */
  private void save(Checkpoint.Position position) {
    if (!position.trend().suspicious() || position.epoch() == config.epochs()) {
      observer.saving(position);
      state.save(position);
    }
  }

  private Checkpoint.Position step(B batch, Checkpoint.Position before, int steps) {
    double time = before.epoch() + (double) (before.step() + 1) / steps;
    try (Tape tape = Tape.training(kernels, pool)) {
      Variable value = task.loss(tape, batch);
      double loss = value.value().get(0);
      if (!Double.isFinite(loss)) {
        throw new ArithmeticException("the loss is " + loss);
      }
      Checkpoint.Position after = before.next(loss, config.divergence());
      tape.backward(value);
      observer.gradients(before.step(), steps);
      state.step(rate(time), (long) before.epoch() * steps + before.step());
      return after;
    } catch (ArithmeticException e) {
      throw diverged("epoch " + (before.epoch() + 1) + ", step " + (before.step() + 1), e);
    }
  }

  private double rate(double time) {
    return config.rate() * config.schedule().factor(time, config.epochs());
  }

  private static UserError diverged(String where, ArithmeticException e) {
    return new UserError(
        "training diverged in " + where,
        "finite values and a loss within training.divergence",
        e.getMessage(),
        "lower training.rate, raise training.schedule.warmup or set training.clipNorm (or raise"
            + " training.divergence.factor); the last good checkpoint is kept",
        e);
  }

  private void finishEpoch(Checkpoint.Position position, double seconds) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("train_loss", position.lossSum() / position.step());
    row.putAll(validate(position.epoch()));
    row.put("rate", rate(position.epoch() + 1.0));
    row.put("flip_ratio", flips.next());
    row.put("seconds", seconds);
    row.putAll(observer.epoch(position.epoch(), row));
    log.append(position.epoch(), row);
    progress.epoch(position.epoch(), row);
  }

  /** Judges the weights that would be used if training ended now. */
  private Map<String, Double> validate(int epoch) {
    state.swapAverage();
    try {
      norms.gather(task, loader, epoch, config.normBatches());
      return task.validate();
    } catch (ArithmeticException e) {
      throw diverged("epoch " + (epoch + 1) + ", at its end", e);
    } finally {
      state.swapAverage();
    }
  }
}

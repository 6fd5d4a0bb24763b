package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.FlipRatio;
import ai.binealnet.core.data.BatchStream;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.optim.Optimizer;
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
  private final Checkpoint checkpoint;
  private final RunLog log;
  private final Progress progress;
  private final Kernels kernels;
  private final TensorPool pool = new TensorPool();
  private final Optimizer optimizer;
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
    this.checkpoint = checkpoint;
    this.log = log;
    this.progress = progress;
    this.kernels = kernels;
    this.optimizer = config.optimizer(task.parameters());
    this.flips = new FlipRatio(task.parameters());
  }

  /** Lets {@code watcher} look into the training. */
  public Trainer<B> observedBy(TrainingObserver watcher) {
    observer = watcher;
    return this;
  }

  /**
   * Trains to the end, from the checkpoint if there is one.
   *
   * @return the last epoch's row of the run log; empty if there was nothing to do and no log
   * @throws UserError if the loss or a value becomes infinite or NaN; the last good checkpoint is
   *     kept
   */
  public Map<String, Double> fit() {
    Checkpoint.Position position = new Checkpoint.Position(0, 0, 0);
    if (checkpoint.exists()) {
      position = checkpoint.restore(task.parameters(), optimizer.state());
      flips.next();
    }
    log.truncate(position.epoch());
    observer.begin(position);
    while (position.epoch() < config.epochs()) {
      long start = System.nanoTime();
      position = trainEpoch(position);
      finishEpoch(position, (System.nanoTime() - start) / 1e9);
      position = new Checkpoint.Position(position.epoch() + 1, 0, 0);
      save(position);
    }
    List<Map<String, Double>> rows = log.rows();
    return rows.isEmpty() ? Map.of() : rows.get(rows.size() - 1);
  }

  private Checkpoint.Position trainEpoch(Checkpoint.Position from) {
    int steps = loader.batchesPerEpoch();
    int epoch = from.epoch();
    int step = from.step();
    double lossSum = from.lossSum();
    try (BatchStream<B> batches = loader.epoch(epoch, step)) {
      while (batches.hasNext()) {
        lossSum += step(batches.next(), epoch, step, steps);
        step++;
        progress.step(epoch, step, steps, lossSum / step);
        if (step % config.checkpointSteps() == 0 && step < steps) {
          save(new Checkpoint.Position(epoch, step, lossSum));
        }
      }
    }
    return new Checkpoint.Position(epoch, step, lossSum);
  }

  private void save(Checkpoint.Position position) {
    observer.saving(position);
    checkpoint.save(position, task.parameters(), optimizer.state());
  }

  private double step(B batch, int epoch, int step, int steps) {
    double time = epoch + (double) (step + 1) / steps;
    try (Tape tape = Tape.training(kernels, pool)) {
      Variable value = task.loss(tape, batch);
      double loss = value.value().get(0);
      if (!Double.isFinite(loss)) {
        throw new ArithmeticException("the loss is " + loss);
      }
      tape.backward(value);
      observer.gradients(step, steps);
      optimizer.step(config.rate() * config.schedule().factor(time, config.epochs()));
      return loss;
    } catch (ArithmeticException e) {
      throw new UserError(
          "training diverged in epoch " + (epoch + 1) + ", step " + (step + 1),
          "finite values",
          e.getMessage(),
          "lower training.rate or raise training.schedule.warmup; the last good checkpoint is kept",
          e);
    }
  }

  private void finishEpoch(Checkpoint.Position position, double seconds) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("train_loss", position.lossSum() / position.step());
    row.putAll(task.validate());
    row.put(
        "rate", config.rate() * config.schedule().factor(position.epoch() + 1.0, config.epochs()));
    row.put("flip_ratio", flips.next());
    row.put("seconds", seconds);
    row.putAll(observer.epoch(position.epoch(), row));
    log.append(position.epoch(), row);
    progress.epoch(position.epoch(), row);
  }
}

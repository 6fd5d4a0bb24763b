package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Trains what is not finished of an experiment, one training after the other. */
final class ExperimentRunner {
  /**
   * A training that failed.
   *
   * @param trial which
   * @param error why
   */
  record Failure(Trial trial, UserError error) {}

  private final List<Trial> trials;
  private final Path data;
  private final Consumer<String> say;
  private final boolean terminal;
  private final ExperimentClock clock = new ExperimentClock();

  ExperimentRunner(List<Trial> trials, Path data, Consumer<String> say, boolean terminal) {
    this.trials = trials;
    this.data = data;
    this.say = say;
    this.terminal = terminal;
    trials.forEach(clock::read);
  }

  /**
   * Trains; a training that fails is reported, and the rest goes on.
   *
   * @param finished called after each training that ends well
   * @return what failed
   */
  List<Failure> run(Runnable finished) {
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      if (trial.isFinished()) {
        continue;
      }
      String place = "%d/%d %s".formatted(i + 1, trials.size(), trial.title());
      say.accept(place + ": " + (isBegun(trial) ? "continuing" : "training"));
      try {
        trial.finish(train(trial, place, trials.subList(i, trials.size())).metrics());
        finished.run();
      } catch (UserError e) {
        failures.add(new Failure(trial, e));
        say.accept(place + ": FAILED: " + e.getMessage());
      }
    }
    return failures;
  }

  private static boolean isBegun(Trial trial) {
    return RunFolder.isRun(trial.folder());
  }

  private Trained train(Trial trial, String place, List<Trial> rest) {
    int epochs = trial.config().training().epochs();
    try (ProgressPrinter bar =
        new ProgressPrinter(line -> {}, new ClassifyTask().mainMetric(), epochs, terminal)) {
      Progress progress = new Watch(trial, place, rest, bar);
      return isBegun(trial)
          ? Classify.RUNS.resume(trial.folder(), data, progress)
          : Classify.RUNS.train(
              trial.config(),
              data,
              trial.folder(),
              new Provenance(Version.current(), GitCommit.ofWorkingFolder()),
              Start.FRESH,
              progress);
    }
  }

  /** Says after every epoch how long the whole table will take. */
  private final class Watch implements Progress {
    private final Trial trial;
    private final String place;
    private final List<Trial> rest;
    private final Progress bar;
    private long epochStart = System.nanoTime();

    Watch(Trial trial, String place, List<Trial> rest, Progress bar) {
      this.trial = trial;
      this.place = place;
      this.rest = rest;
      this.bar = bar;
    }

    @Override
    public void step(int epoch, int step, int steps, double loss) {
      bar.step(epoch, step, steps, loss);
    }

    @Override
    public void epoch(int epoch, Map<String, Double> row) {
      long now = System.nanoTime();
      clock.add(trial, epoch + 1, (now - epochStart) / 1e9);
      epochStart = now;
      bar.epoch(epoch, row);
      say.accept(
          "%s  epoch %d/%d  loss %s  val top-1 %s  table: about %s left"
              .formatted(
                  place,
                  epoch + 1,
                  trial.config().training().epochs(),
                  Numbers.fixed(row.getOrDefault("train_loss", Double.NaN), 4),
                  Numbers.fixed(row.getOrDefault("val_top1", Double.NaN), 4),
                  ExperimentClock.format(clock.left(rest))));
    }
  }

  /** What {@code --json} says about failures. */
  static List<Map<String, Object>> json(List<Failure> failures) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Failure failure : failures) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("row", failure.trial().row().name());
      entry.put("seed", failure.trial().seed());
      entry.put("what", failure.error().what());
      entry.put("expected", failure.error().expected());
      entry.put("actual", failure.error().actual());
      entry.put("remedy", failure.error().remedy());
      list.add(entry);
    }
    return list;
  }
}

package ai.binealnet.core.task;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.instrument.Instruments;
import ai.binealnet.core.report.InstrumentPictures;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.FolderLock;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunInfo;
import ai.binealnet.core.train.RunLog;
import ai.binealnet.core.train.Trainer;
import ai.binealnet.core.train.TrainingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trainings of a task: start one, continue it, load what it came to.
 *
 * @param task the task
 * @param <C> its configuration
 * @param <D> its data
 * @param <N> its network
 */
public record Runs<C extends TaskConfig, D extends TaskData, N extends TaskNetwork>(
    TaskDefinition<C, D, N> task) {

  /**
   * Trains a new network.
   *
   * @param out the run folder to make
   * @param start weights to start from
   * @throws UserError if the data is unusable, {@code out} is in use, or training diverges
   */
  public Trained train(
      C config, Path data, Path out, Provenance provenance, Start start, Progress progress) {
    RunFolder.requireFree(out);
    requireFirstStage(config, start);
    D samples = task.open(data);
    N network = network(config, samples.classes());
    TrainedNetwork<C, N> teacher = Teachers.first(this, config, samples.classes());
    TaskRun<?> run = run(config, samples, network, teacher);
    start.fill(network.parameters());
    run.rehearse();
    RunInfo info =
        new RunInfo(
            task.name(),
            provenance.version(),
            config.title(),
            samples.classes(),
            data.toAbsolutePath().normalize().toString(),
            samples.dataHash(),
            provenance.gitCommit(),
            config.training().seed(),
            Runtime.getRuntime().availableProcessors(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            start.backbone(),
            start.network(),
            teacher == null ? "" : teacher.run().root().toAbsolutePath().toString(),
            teacher == null ? "" : teacher.weights());
    return finish(run, config, RunFolder.create(out, config, info), progress);
  }

  private TaskRun<?> run(C config, D samples, N network, TrainedNetwork<C, N> teacher) {
    return teacher == null
        ? task.runner().run(config, samples, network)
        : task.student().run(config, samples, network, teacher.network());
  }

  private static void requireFirstStage(TaskConfig config, Start start) {
    if (config.training().stage() == TrainingConfig.Stage.WEIGHTS && start.network().isEmpty()) {
      throw new UserError(
          "the second stage of a training has no first",
          "--init RUN with the run of the first stage",
          "none",
          "train with training.stage=ACTIVATIONS first, or set training.stage=SINGLE");
    }
  }

  /**
   * Continues a training from its last checkpoint to the bytes that it would have had without the
   * interruption.
   *
   * @param data the data folder if it moved, or null
   * @throws UserError if it is no run of the task, or the data is not the same
   */
  public Trained resume(Path root, Path data, Progress progress) {
    RunFolder folder = RunFolder.open(root);
    RunInfo info = requireTask(folder);
    Path source = data == null ? Path.of(info.data()) : data;
    D samples = task.open(source);
    String hash = samples.dataHash();
    if (!hash.equals(info.dataHash())) {
      throw new UserError(
          "cannot resume " + root + ": the data is not what it was trained on",
          info.dataHash(),
          hash,
          "restore the data in " + source + " or start a new run");
    }
    C config = config(folder);
    N network = network(config, samples.classes());
    TaskRun<?> run = run(config, samples, network, Teachers.again(this, config, info));
    if (!new Checkpoint(folder.checkpoint(), "").exists()) {
      new Start(info.init(), info.initBackbone()).fill(network.parameters());
    }
    return finish(run, config, folder, progress);
  }

  /**
   * A trained network with its weights.
   *
   * @throws UserError if it is no run of the task, or its checkpoint is missing or damaged
   */
  public TrainedNetwork<C, N> load(Path root) {
    RunFolder folder = RunFolder.open(root);
    RunInfo info = requireTask(folder);
    C config = config(folder);
    N network = network(config, info.classes());
    Checkpoint checkpoint = new Checkpoint(folder.checkpoint(), config.architecture());
    checkpoint.restore(network.parameters(), Map.of());
    return new TrainedNetwork<>(folder, info, config, network, checkpoint.fingerprint());
  }

  /**
   * Judges a run by its training graph.
   *
   * @throws UserError as {@link #load}
   */
  public Evaluation evaluate(Path root, D samples, Part part) {
    TrainedNetwork<C, N> trained = load(root);
    return task.runner().run(trained.config(), samples, trained.network()).evaluate(part);
  }

  /**
   * A network with fresh weights.
   *
   * @throws UserError if the configuration names none
   */
  public N network(C config, List<String> classes) {
    try {
      return task.builder().apply(config, classes);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "cannot build the network of this configuration",
          "a network that exists",
          e.getMessage(),
          "correct the sections that describe the network",
          e);
    }
  }

  /**
   * The configuration of a run.
   *
   * @throws UserError if it is no run
   */
  public C config(Path root) {
    return config(RunFolder.open(root));
  }

  private C config(RunFolder folder) {
    return ConfigFile.resolve(task.defaults(), folder.config(), List.of());
  }

  private RunInfo requireTask(RunFolder folder) {
    RunInfo info = folder.readInfo();
    if (!task.name().equals(info.task())) {
      throw new UserError(
          folder.root() + " is a run of another task",
          task.name(),
          info.task(),
          "give a run of " + task.name());
    }
    return info;
  }

  /** Keeps every other process out of the folder meanwhile. */
  private static <B> Trained finish(
      TaskRun<B> run, TaskConfig config, RunFolder folder, Progress progress) {
    try (FolderLock lock = FolderLock.take(folder.root())) {
      folder.deleteParts();
      return finishAlone(run, config, new RunFolder(lock.folder()), progress);
    }
  }

  private static <B> Trained finishAlone(
      TaskRun<B> run, TaskConfig config, RunFolder folder, Progress progress) {
    Map<String, Double> metrics = new LinkedHashMap<>(fit(run, config, folder, progress));
    Evaluation test = run.evaluate(Part.TEST);
    metrics.putAll(test.metrics());
    try {
      Files.createDirectories(folder.pictures());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InstrumentPictures.write(folder, run.parameters());
    test.draw(folder.pictures());
    AtomicFiles.write(
        folder.summary(), summary(folder, metrics, test).getBytes(StandardCharsets.UTF_8));
    return new Trained(folder, metrics, test);
  }

  /**
   * Trains to the end of the recipe, from the checkpoint in {@code folder} if there is one.
   *
   * @return the last epoch's row of the run log
   * @throws UserError if training diverges
   */
  public static <B> Map<String, Double> fit(
      TaskRun<B> run, TaskConfig config, RunFolder folder, Progress progress) {
    Instruments instruments = new Instruments(run.parameters(), folder);
    run.watchedBy(instruments::look);
    return new Trainer<>(
            run,
            run.loader(),
            config.training(),
            new Checkpoint(folder.checkpoint(), config.architecture()),
            new RunLog(folder.metrics()),
            new Drawing(progress, folder, run.parameters()),
            run.kernels())
        .observedBy(instruments)
        .fit();
  }

  private static String summary(RunFolder folder, Map<String, Double> metrics, Evaluation test) {
    RunInfo info = folder.readInfo();
    StringBuilder text = new StringBuilder();
    text.append(info.network()).append(" on ").append(info.data()).append('\n');
    metrics.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "%-12s %.6g%n", name, value)));
    return text.append("\nTest set, ")
        .append(test.images())
        .append(" pictures:\n")
        .append(test)
        .toString();
  }
}

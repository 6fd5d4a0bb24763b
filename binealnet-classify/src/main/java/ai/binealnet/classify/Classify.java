package ai.binealnet.classify;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.metric.Evaluation;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.report.ConfusionPicture;
import ai.binealnet.core.report.Curves;
import ai.binealnet.core.report.InstrumentPictures;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunInfo;
import ai.binealnet.core.train.RunLog;
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

/** Classification in a few calls: train, resume, load. */
public final class Classify {
  /** The task's name. */
  public static final String TASK = "classify";

  /**
   * What a finished training came to.
   *
   * @param run its folder
   * @param metrics the last epoch's row of the run log, and {@code top1} and {@code top5} on the
   *     test set
   * @param test the test set in detail
   */
  public record Trained(RunFolder run, Map<String, Double> metrics, Evaluation test) {}

  private Classify() {}

  /**
   * Trains a new classifier.
   *
   * @param out the run folder to make
   * @param provenance version and git commit of what trains
   * @param start weights to start from
   * @throws UserError if the data is unusable, {@code out} is in use, or training diverges
   */
  public static Trained train(
      ClassifyConfig config,
      Path data,
      Path out,
      Provenance provenance,
      Start start,
      Progress progress) {
    RunFolder.requireFree(out);
    requireFirstStage(config, start);
    ClassificationData samples = ClassificationData.open(data);
    Teacher teacher =
        Teacher.load(config.training().distillation(), samples.classes(), config.input());
    ClassifyRun run = create(config, samples).taughtBy(teacher);
    start.fill(run.parameters());
    run.rehearse();
    RunInfo info =
        new RunInfo(
            TASK,
            provenance.version(),
            config.backbone().title(),
            samples.classes(),
            data.toAbsolutePath().normalize().toString(),
            samples.dataHash(),
            provenance.gitCommit(),
            config.training().seed(),
            Runtime.getRuntime().availableProcessors(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            start.backbone(),
            start.network(),
            teacher == null ? "" : teacher.run(),
            teacher == null ? "" : teacher.weights());
    return finish(run, RunFolder.create(out, config, info), progress);
  }

  private static void requireFirstStage(ClassifyConfig config, Start start) {
    if (config.training().stage() == TrainingConfig.Stage.WEIGHTS && start.network().isEmpty()) {
      throw new UserError(
          "the second stage of a training has no first",
          "--init RUN with the run of the first stage",
          "none",
          "train with training.stage=ACTIVATIONS first, or set training.stage=SINGLE");
    }
  }

  /**
   * Who trains.
   *
   * @param version of BiNealNet
   * @param gitCommit of the working folder, or empty
   */
  public record Provenance(String version, String gitCommit) {}

  /**
   * Continues a training from its last checkpoint to the bytes that it would have had without the
   * interruption.
   *
   * @param data the data folder if it moved, or null
   * @throws UserError if it is no run, or the data is not the same
   */
  public static Trained resume(Path root, Path data, Progress progress) {
    RunFolder folder = RunFolder.open(root);
    RunInfo info = requireTask(folder);
    Path source = data == null ? Path.of(info.data()) : data;
    ClassificationData samples = ClassificationData.open(source);
    String hash = samples.dataHash();
    if (!hash.equals(info.dataHash())) {
      throw new UserError(
          "cannot resume " + root + ": the data is not what it was trained on",
          info.dataHash(),
          hash,
          "restore the data in " + source + " or start a new run");
    }
    ClassifyConfig config = config(folder);
    Teacher teacher = Teacher.again(config, info);
    ClassifyRun run = create(config, samples).taughtBy(teacher);
    if (!new Checkpoint(folder.checkpoint(), "").exists()) {
      new Start(info.init(), info.initBackbone()).fill(run.parameters());
    }
    return finish(run, folder, progress);
  }

  /**
   * A trained classifier with its weights.
   *
   * @throws UserError if it is no run, or its checkpoint is missing or damaged
   */
  public static TrainedClassifier load(Path root) {
    RunFolder folder = RunFolder.open(root);
    RunInfo info = requireTask(folder);
    ClassifyConfig config = config(folder);
    Classifier classifier = classifier(config, info.classes().size());
    Checkpoint checkpoint = new Checkpoint(folder.checkpoint(), config.backbone().toString());
    checkpoint.restore(classifier.parameters(), Map.of());
    return new TrainedClassifier(folder, info, config, classifier, checkpoint.fingerprint());
  }

  /**
   * A network with fresh weights.
   *
   * @throws UserError if the configuration names none
   */
  public static Classifier classifier(ClassifyConfig config, int classes) {
    try {
      return new Classifier(config, classes);
    } catch (IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private static ClassifyRun create(ClassifyConfig config, ClassificationData samples) {
    try {
      return new ClassifyRun(config, samples);
    } catch (IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private static UserError unusable(IllegalArgumentException e) {
    return new UserError(
        "cannot build the network of this configuration",
        "a network that exists",
        e.getMessage(),
        "correct the section backbone",
        e);
  }

  private static RunInfo requireTask(RunFolder folder) {
    RunInfo info = folder.readInfo();
    if (!TASK.equals(info.task())) {
      throw new UserError(
          folder.root() + " is a run of another task", TASK, info.task(), "give a run of " + TASK);
    }
    return info;
  }

  /**
   * The configuration of a run.
   *
   * @throws UserError if it is no run
   */
  public static ClassifyConfig config(Path root) {
    return config(RunFolder.open(root));
  }

  private static ClassifyConfig config(RunFolder folder) {
    return ConfigFile.resolve(ClassifyConfig.defaults(), folder.config(), List.of());
  }

  private static Trained finish(ClassifyRun run, RunFolder folder, Progress progress) {
    Map<String, Double> metrics =
        new LinkedHashMap<>(
            run.train(folder.root(), new Drawing(progress, folder, run.parameters())));
    Evaluation test = run.test();
    metrics.putAll(test.metrics());
    try {
      Files.createDirectories(folder.pictures());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InstrumentPictures.write(folder, run.parameters());
    ConfusionPicture.write(test.confusion(), folder.pictures().resolve("confusion.png"));
    write(folder.pictures().resolve("confusion.csv"), test.confusion().toCsv());
    write(folder.summary(), summary(folder, metrics, test));
    return new Trained(folder, metrics, test);
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
        .append(test.confusion())
        .toString();
  }

  private static void write(Path file, String text) {
    AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Redraws the curves after every epoch, the layers' pictures from time to time. */
  private static final class Drawing implements Progress {
    private static final long INTERVAL = 60_000_000_000L;

    private final Progress next;
    private final RunFolder folder;
    private final List<Parameter> parameters;
    private long lastTime = System.nanoTime();

    Drawing(Progress next, RunFolder folder, List<Parameter> parameters) {
      this.next = next;
      this.folder = folder;
      this.parameters = parameters;
    }

    @Override
    public void step(int epoch, int step, int steps, double loss) {
      next.step(epoch, step, steps, loss);
    }

    @Override
    public void epoch(int epoch, Map<String, Double> row) {
      Curves.write(Map.of("run", RunLog.read(folder.metrics())), folder.curves());
      if (System.nanoTime() - lastTime > INTERVAL) {
        InstrumentPictures.write(folder, parameters);
        lastTime = System.nanoTime();
      }
      next.epoch(epoch, row);
    }
  }
}

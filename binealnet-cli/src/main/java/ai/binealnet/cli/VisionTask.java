package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A task as the command line uses it: its trainings, and its model files, which the task's module
 * knows nothing of. Commands know no task by name.
 *
 * @param <C> its configuration
 * @param <D> its data
 */
abstract class VisionTask<C extends TaskConfig, D extends TaskData> {
  /** Its trainings. */
  abstract Runs<C, D, ?> runs();

  /** What its networks are compared by. */
  abstract MainMetric mainMetric();

  /** Opens one of its model files. */
  abstract ExportedModel<D> open(Path file, int threads);

  /** Pictures of a part of the data as the network takes them: of the input's size. */
  abstract Dataset<Image> pictures(C config, D data, Pictures which);

  /** Pictures, or pairs of them, of the test part. */
  abstract int tests(D data);

  /** What the demonstration trains on and how. */
  abstract DemoPlan demo();

  /** Which pictures. */
  enum Pictures {
    /** Those that a network learns from. */
    TRAINING,
    /** Those that it is judged on at last. */
    TEST
  }

  final String name() {
    return runs().task().name();
  }

  /** A configuration from defaults, a file or null, and {@code key=value} settings. */
  final C resolve(Path file, List<String> settings) {
    return ConfigFile.resolve(runs().task().defaults(), file, settings);
  }

  /** Reads every picture of a data folder and tells what is in it. */
  Result check(Path dir) {
    TaskData data = runs().task().open(dir);
    String summary = data.summary();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", name());
    json.put("ok", true);
    json.put("trainable", data.isTrainable());
    json.put("classes", data.classes());
    json.put("summary", summary);
    String verdict =
        data.isTrainable() ? "fit for training" : "fit for eval only: nothing to train on";
    return Result.done(json, dir + "\n" + summary.stripTrailing() + "\n" + verdict);
  }

  /** The configuration that a model file carries, or null. */
  final C stored(Map<String, String> metadata) {
    String text = metadata.get(TrainedNetwork.CONFIG);
    return text == null ? null : ConfigFile.parse(runs().task().defaults(), text);
  }

  /** The full-precision network of a width that a network is compared with. */
  @SuppressWarnings("unchecked") // a twin is a configuration of the same task
  final C twin(C config, double width) {
    return (C) config.twin(width);
  }

  /**
   * Opens a data folder beside what was trained on it.
   *
   * @param trainedOn fingerprint of the data that a network was trained on, or null if nobody knows
   * @param say where to tell people that this is not that data
   * @throws UserError if the data is missing or damaged
   */
  final D open(Path folder, String trainedOn, Consumer<String> say) {
    D samples = runs().task().open(folder);
    if (trainedOn != null && !samples.dataHash().equals(trainedOn)) {
      say.accept("note: " + folder + " is not the data that the network was trained on");
    }
    return samples;
  }

  /** Judges a run by its training graph. */
  final Evaluation evaluateRun(Path run, Path data, Part part) {
    D samples = runs().task().open(data);
    requireClasses(samples, run, RunFolder.open(run).readInfo().classes());
    return runs().evaluate(run, samples, part);
  }

  /**
   * Checks that labels mean to a network what they mean in the data.
   *
   * @param subject the run or model file
   * @param classes its classes
   * @throws UserError if not
   */
  static void requireClasses(TaskData data, Path subject, List<String> classes) {
    if (!classes.equals(data.classes())) {
      throw new UserError(
          "the data in " + data.root() + " does not fit " + subject,
          "the classes " + classes,
          data.classes().toString(),
          "give the data set that it was trained for");
    }
  }
}

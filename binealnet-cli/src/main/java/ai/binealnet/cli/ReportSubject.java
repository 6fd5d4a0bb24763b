package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.ModelKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A run or a model file that goes into a report.
 *
 * @param path the run folder or the file
 * @param trained the run's network, or null for a file
 * @param classes names in the order of the labels
 * @param dataHash fingerprint of the data it was trained on, or null if a file does not tell
 * @param <C> the task's configuration
 */
record ReportSubject<C extends TaskConfig>(
    Path path, TrainedNetwork<C, ?> trained, List<String> classes, String dataHash) {
  /** Metadata key of model files. */
  private static final String DATA_HASH = "provenance.data_hash";

  /**
   * Reads a run folder or a model file.
   *
   * @throws UserError if it is neither, its checkpoint is missing, or it does not tell its classes
   */
  static <C extends TaskConfig> ReportSubject<C> load(VisionTask<C, ?> task, Path path) {
    return Files.isRegularFile(path) ? ofFile(task, path) : ofRun(task.runs().load(path));
  }

  /** A run that is loaded already. */
  static <C extends TaskConfig> ReportSubject<C> ofRun(TrainedNetwork<C, ?> trained) {
    return new ReportSubject<>(
        trained.run().root(), trained, trained.info().classes(), trained.info().dataHash());
  }

  private static <C extends TaskConfig> ReportSubject<C> ofFile(VisionTask<C, ?> task, Path file) {
    try (ExportedModel<?> model = task.open(file, 1)) {
      return new ReportSubject<>(
          file, null, model.card().classes(), model.metadata().get(DATA_HASH));
    }
  }

  /** The forms in which it is exported: a binary run as that, another in float32 and 8 bits. */
  List<ModelKind> forms() {
    if (trained == null) {
      return List.of();
    }
    return trained.config().hasBinaryLayers()
        ? List.of(ModelKind.BINARY)
        : List.of(ModelKind.FP32, ModelKind.INT8);
  }

  /** How many model files it stands for. */
  int models() {
    return Math.max(1, forms().size());
  }

  /** The name of its folder or file. */
  String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * Checks that accuracies may be compared.
   *
   * @throws UserError if classes or data of the training differ
   */
  static void requireOneDataSet(List<? extends ReportSubject<?>> subjects) {
    ReportSubject<?> first = subjects.get(0);
    for (ReportSubject<?> each : subjects) {
      if (!each.classes().equals(first.classes())) {
        throw differ(first, each, "classes", first.classes().toString(), each.classes().toString());
      }
    }
    List<? extends ReportSubject<?>> known =
        subjects.stream().filter(each -> each.dataHash() != null).toList();
    for (ReportSubject<?> each : known) {
      if (!each.dataHash().equals(known.get(0).dataHash())) {
        throw differ(known.get(0), each, "data", known.get(0).dataHash(), each.dataHash());
      }
    }
  }

  private static UserError differ(
      ReportSubject<?> one, ReportSubject<?> other, String what, String expected, String actual) {
    return new UserError(
        "%s and %s were not trained on the same %s".formatted(one.path(), other.path(), what),
        expected,
        actual,
        "make a report of each");
  }
}

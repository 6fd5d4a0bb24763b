package ai.binealnet.cli;

import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.PictureModel;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model file of a task, run by ONNX Runtime.
 *
 * @param <D> the task's data
 */
abstract class ExportedModel<D extends TaskData> implements AutoCloseable {
  private final Path file;
  private final Predictor predictor;
  private final PictureModel model;

  /**
   * Opens a model file.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws UserError if it is damaged or of another task
   */
  ExportedModel(Path file, int threads, String task) {
    this.file = file;
    predictor = Predictor.open(file, threads);
    try {
      model = PictureModel.of(predictor, task);
      requireSize(file, predictor.size(), card().input());
    } catch (UserError e) {
      predictor.close();
      throw e;
    }
  }

  private static void requireSize(Path file, InputSize size, ImageSpec input) {
    boolean fits =
        size.isFree()
            ? (long) input.height() * input.width() <= ImageFiles.MAX_MEGAPIXELS * 1_000_000L
            : input.height() == size.height() && input.width() == size.width();
    if (!fits) {
      throw new UserError(
          "the metadata of model " + file + " does not fit its input",
          size.toString(),
          "%d x %d".formatted(input.height(), input.width()),
          "export it again");
    }
  }

  /** How well it does; classes must be checked before. */
  abstract Evaluation evaluate(D data, Part part, int limit);

  /**
   * Applies it to people's pictures and writes what comes out.
   *
   * @param pictures files
   * @param folder to make
   * @param options what else was asked for
   */
  abstract Result predict(List<Path> pictures, Path folder, PredictOptions options);

  /**
   * From now on looks at each picture's mirror image too and averages the two.
   *
   * @throws UserError if the task has no use for it
   */
  void flipTest() {
    throw new UserError(
        "--flip-test is for detectors", "a detector", card().task(), "leave --flip-test out");
  }

  /**
   * From now on tries the second of two pictures at several angles.
   *
   * @throws UserError if the task has no use for it, or there is no such number of angles
   */
  void turns(int count) {
    throw new UserError("--turns is for matching", "a matcher", card().task(), "leave --turns out");
  }

  /**
   * Draws more of what it makes of test pictures than its evaluation does.
   *
   * @param folder where to write; exists
   */
  void show(D data, Path folder) {}

  /** The file, ready to run. */
  final Predictor predictor() {
    return predictor;
  }

  /** The same for pictures. */
  final PictureModel model() {
    return model;
  }

  final Path file() {
    return file;
  }

  final ModelCard card() {
    return model.card();
  }

  final String kind() {
    return predictor.metadata().getOrDefault(Exporter.KIND, "unknown");
  }

  /** All that travels with the file. */
  final Map<String, String> metadata() {
    return predictor.metadata();
  }

  @Override
  public void close() {
    predictor.close();
  }
}

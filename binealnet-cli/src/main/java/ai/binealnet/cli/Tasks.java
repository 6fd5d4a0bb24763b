package ai.binealnet.cli;

import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The tasks that there are. */
final class Tasks {
  /** Their names, for people. */
  static final String NAMES = "classify, detect, segment, superres, match";

  private static final List<VisionTask<?, ?>> ALL =
      List.of(
          new ClassifyTask(),
          new DetectTask(),
          new SegmentTask(),
          new SuperresTask(),
          new MatchTask());

  private Tasks() {}

  /**
   * The task of that name.
   *
   * @throws UserError if there is none
   */
  static VisionTask<?, ?> named(String name) {
    return ALL.stream()
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "there is no task " + name, "one of " + NAMES, name, "correct the name"));
  }

  /**
   * The task of a run folder.
   *
   * @throws UserError if it is none
   */
  static VisionTask<?, ?> ofRun(Path run) {
    return named(RunFolder.open(run).readInfo().task());
  }

  /**
   * The task of a model file.
   *
   * @throws UserError if it is damaged or does not tell
   */
  static VisionTask<?, ?> ofModel(Path file) {
    try (Predictor model = Predictor.open(file, 1)) {
      return named(ModelCard.of(model.metadata(), file.toString()).task());
    }
  }

  /**
   * The task of a run folder or a model file.
   *
   * @throws UserError if it is neither
   */
  static VisionTask<?, ?> of(Path subject) {
    return Files.isDirectory(subject) ? ofRun(subject) : ofModel(subject);
  }

  /** Factor on the channels of a model file's network, or null if it does not tell. */
  static Double width(Map<String, String> metadata, Path file) {
    return metadata.containsKey(TrainedNetwork.CONFIG)
        ? named(ModelCard.of(metadata, file.toString()).task()).stored(metadata).width()
        : null;
  }
}

package ai.binealnet.cli;

import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the model files that are measured: the subject first, then what it is compared with. */
final class Contenders {
  private final Path folder;
  private final StepProgress progress;
  private final List<Contender> all = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param folder where files are written
   */
  Contenders(Path folder, StepProgress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** A network with random weights. */
  <C extends TaskConfig> List<Contender> ofArchitecture(
      VisionTask<C, ?> task, C config, List<String> classes, List<Baseline> baselines) {
    random(task, config, classes, ModelKind.BINARY);
    return with(task, baselines, config, classes);
  }

  /**
   * A run folder or a model file.
   *
   * @throws UserError if it is neither, or a baseline is asked of a file that does not tell its
   *     configuration
   */
  <C extends TaskConfig> List<Contender> of(
      VisionTask<C, ?> task, Path subject, List<Baseline> baselines) {
    if (Files.isDirectory(subject)) {
      TrainedNetwork<C, ?> trained = task.runs().load(subject);
      Path file = folder.resolve("run.onnx");
      ModelFiles.export(trained, ModelKind.BINARY, file);
      add(ModelKind.BINARY.label(), trained.config().width(), file, false);
      return with(task, baselines, trained.config(), trained.info().classes());
    }
    Map<String, String> metadata = addFile(subject);
    boolean twins = baselines.stream().anyMatch(baseline -> baseline.file() == null);
    return twins
        ? with(
            task,
            baselines,
            config(task, metadata, subject),
            ModelCard.of(metadata, subject.toString()).classes())
        : with(task, baselines, null, List.of());
  }

  private <C extends TaskConfig> List<Contender> with(
      VisionTask<C, ?> task, List<Baseline> baselines, C config, List<String> classes) {
    for (Baseline baseline : baselines) {
      if (baseline.file() != null) {
        addFile(baseline.file());
      } else {
        random(task, task.twin(config, baseline.width()), classes, baseline.kind());
      }
    }
    return List.copyOf(all);
  }

  private <C extends TaskConfig> void random(
      VisionTask<C, ?> task, C config, List<String> classes, ModelKind kind) {
    Path file = folder.resolve(kind.label() + "-" + all.size() + ".onnx");
    RandomNetwork.of(task, config, classes).export(kind, file);
    add(kind.label(), config.width(), file, true);
  }

  private Map<String, String> addFile(Path file) {
    try (Predictor model = Predictor.open(file, 1)) {
      Map<String, String> metadata = model.metadata();
      String kind = metadata.getOrDefault(Exporter.KIND, "unknown");
      add(kind, Tasks.width(metadata, file), file, false);
      return metadata;
    }
  }

  private void add(String kind, Double width, Path file, boolean randomWeights) {
    String name = kind;
    for (int i = 2; taken(name); i++) {
      name = kind + (width == null || taken(kind + ":" + width) ? "-" + i : ":" + width);
    }
    all.add(new Contender(name, kind, width, file, randomWeights));
    progress.done("prepared " + name);
  }

  private boolean taken(String name) {
    return all.stream().anyMatch(each -> each.name().equals(name));
  }

  /** The configuration that a model file carries. */
  private static <C extends TaskConfig> C config(
      VisionTask<C, ?> task, Map<String, String> metadata, Path file) {
    C config = task.stored(metadata);
    if (config == null) {
      throw new UserError(
          "cannot build the full-precision twin of " + file,
          "a model that carries its configuration",
          "no entry " + TrainedNetwork.CONFIG,
          "export it again, or give model files: --baseline FILE.onnx");
    }
    return config;
  }
}

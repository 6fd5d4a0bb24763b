package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
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
  List<Contender> ofArchitecture(ClassifyConfig config, int classes, List<Baseline> baselines) {
    random(config, classes, ModelKind.BINARY);
    return with(baselines, config, classes);
  }

  /**
   * A run folder or a model file.
   *
   * @throws UserError if it is neither, or a baseline is asked of a file that does not tell its
   *     configuration
   */
  List<Contender> of(Path subject, List<Baseline> baselines) {
    if (Files.isDirectory(subject)) {
      TrainedNetwork<ClassifyConfig, Classifier> trained = Classify.RUNS.load(subject);
      Path file = folder.resolve("run.onnx");
      ModelFiles.export(trained, ModelKind.BINARY, file);
      double width = trained.config().backbone().width();
      add(ModelKind.BINARY.label(), width, file, false);
      return with(baselines, trained.config(), trained.info().classes().size());
    }
    Map<String, String> metadata = addFile(subject);
    boolean twins = baselines.stream().anyMatch(baseline -> baseline.file() == null);
    return twins
        ? with(
            baselines,
            config(metadata, subject),
            ModelCard.of(metadata, subject.toString()).classes().size())
        : with(baselines, null, 0);
  }

  private List<Contender> with(List<Baseline> baselines, ClassifyConfig config, int classes) {
    for (Baseline baseline : baselines) {
      if (baseline.file() != null) {
        addFile(baseline.file());
      } else {
        random(twin(config, baseline.width()), classes, baseline.kind());
      }
    }
    return List.copyOf(all);
  }

  private static ClassifyConfig twin(ClassifyConfig config, double width) {
    BackboneConfig own = config.backbone();
    return new ClassifyConfig(
        new BackboneConfig(own.network(), width, BlockKind.BASIC, own.stem(), own.binary()),
        config.input(),
        config.training(),
        config.augment());
  }

  private void random(ClassifyConfig config, int classes, ModelKind kind) {
    Path file = folder.resolve(kind.label() + "-" + all.size() + ".onnx");
    new RandomNetwork(config, classes).export(kind, file);
    add(kind.label(), config.backbone().width(), file, true);
  }

  private Map<String, String> addFile(Path file) {
    try (Predictor model = Predictor.open(file, 1)) {
      Map<String, String> metadata = model.metadata();
      ClassifyConfig config = StoredConfig.read(metadata, folder);
      add(
          metadata.getOrDefault(Exporter.KIND, "unknown"),
          config == null ? null : config.backbone().width(),
          file,
          false);
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
  private ClassifyConfig config(Map<String, String> metadata, Path file) {
    ClassifyConfig config = StoredConfig.read(metadata, folder);
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

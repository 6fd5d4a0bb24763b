package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.train.ConfigFile;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train TASK}: a new training, or the continuation of one. */
@Command(
    name = "train",
    description = "Train a network, or continue a training that was interrupted.")
final class TrainCommand extends Output {
  @Parameters(index = "0", paramLabel = "TASK", description = "What to learn: classify.")
  private String task;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Settings over those of --config, such as training.epochs=30.")
  private List<String> settings = List.of();

  @Option(names = "--data", paramLabel = "DIR", description = "Folder with the data.")
  private Path data;

  @Option(names = "--config", paramLabel = "F.yaml", description = "Configuration.")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "Run folder to make; runs/<date>-<network> if not given.")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue this run, to the bytes it would have had uninterrupted.")
  private Path resume;

  @Option(
      names = "--init-backbone",
      paramLabel = "RUN|FILE|NAME",
      converter = Zoo.Weights.class,
      description = "Start the backbone from a run, a .safetensors file, or zoo/NAME.safetensors.")
  private Path initBackbone;

  @Option(
      names = "--init",
      paramLabel = "RUN|FILE",
      description =
          "Start the whole network from a run or a .safetensors file; scales of layers that become"
              + " binary are new.")
  private Path init;

  @Override
  Result run() {
    Tasks.requireClassify(task);
    long start = System.nanoTime();
    Trained trained = resume == null ? fresh() : resumed();
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", trained.run().root().toString());
    json.put("epochs", trained.metrics().get("epoch").intValue());
    json.put("seconds", seconds);
    json.put("metrics", trained.metrics());
    String text =
        "run %s: top-1 %.4f on %d test pictures, %.0f s; %s shows how it went"
            .formatted(
                trained.run().root(),
                trained.metrics().get("top1"),
                trained.test().images(),
                seconds,
                trained.run().curves());
    return Result.done(json, text);
  }

  private Trained fresh() {
    if (data == null) {
      throw usage("Missing required option: '--data=DIR'");
    }
    ClassifyConfig resolved = ConfigFile.resolve(ClassifyConfig.defaults(), config, settings);
    Path folder = out == null ? defaultFolder(resolved) : out;
    Provenance provenance = new Provenance(Version.current(), GitCommit.ofWorkingFolder());
    say("training " + resolved.backbone().title() + " on " + data + " into " + folder);
    try (ProgressPrinter progress = progress(resolved)) {
      return Classify.RUNS.train(resolved, data, folder, provenance, start(), progress);
    }
  }

  private Start start() {
    if (init != null && initBackbone != null) {
      throw usage("--init starts the backbone too: it does not go with --init-backbone");
    }
    return init != null
        ? Start.network(init)
        : initBackbone != null ? Start.backbone(initBackbone) : Start.FRESH;
  }

  private Trained resumed() {
    if (out != null
        || config != null
        || initBackbone != null
        || init != null
        || !settings.isEmpty()) {
      throw usage(
          "--resume continues a run as it was started: it goes with --data and --json only");
    }
    say("resuming " + resume);
    ClassifyConfig resolved = Classify.RUNS.config(resume);
    try (ProgressPrinter progress = progress(resolved)) {
      return Classify.RUNS.resume(resume, data, progress);
    }
  }

  private ProgressPrinter progress(ClassifyConfig resolved) {
    return new ProgressPrinter(this::say, resolved.training().epochs(), isTerminal());
  }

  private static Path defaultFolder(ClassifyConfig config) {
    String date =
        LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return Path.of("runs", date + "-" + config.backbone().title());
  }
}

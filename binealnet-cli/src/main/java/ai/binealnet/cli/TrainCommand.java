package ai.binealnet.cli;

import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.Trained;
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
  @Parameters(index = "0", paramLabel = "TASK", description = "What to learn: " + Tasks.NAMES + ".")
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
      paramLabel = "RUN|FILE|NAME",
      converter = Zoo.Weights.class,
      description =
          "Start the whole network from a run, a .safetensors file, or zoo/NAME.safetensors; scales"
              + " of layers that become binary are new.")
  private Path init;

  @Override
  Result run() {
    return train(Tasks.named(task));
  }

  private <C extends TaskConfig> Result train(VisionTask<C, ?> vision) {
    long start = System.nanoTime();
    Trained trained = resume == null ? fresh(vision) : resumed(vision);
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", trained.run().root().toString());
    json.put("epochs", trained.metrics().get("epoch").intValue());
    json.put("seconds", seconds);
    json.put("metrics", trained.metrics());
    MainMetric metric = vision.mainMetric();
    String text =
        "run %s: %s %.4f on %d test pictures, %.0f s; %s shows how it went"
            .formatted(
                trained.run().root(),
                metric.title(),
                trained.metrics().get(metric.key()),
                trained.test().images(),
                seconds,
                trained.run().curves());
    return Result.done(json, text);
  }

  private <C extends TaskConfig> Trained fresh(VisionTask<C, ?> vision) {
    if (data == null) {
      throw usage("Missing required option: '--data=DIR'");
    }
    C resolved = vision.resolve(config, settings);
    Path folder = out == null ? defaultFolder(resolved) : out;
    Provenance provenance = new Provenance(Version.current(), GitCommit.ofWorkingFolder());
    say("training " + resolved.title() + " on " + data + " into " + folder);
    try (ProgressPrinter progress = progress(vision, resolved)) {
      return vision.runs().train(resolved, data, folder, provenance, start(), progress);
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

  private Trained resumed(VisionTask<?, ?> vision) {
    if (out != null
        || config != null
        || initBackbone != null
        || init != null
        || !settings.isEmpty()) {
      throw usage(
          "--resume continues a run as it was started: it goes with --data and --json only");
    }
    say("resuming " + resume);
    try (ProgressPrinter progress = progress(vision, vision.runs().config(resume))) {
      return vision.runs().resume(resume, data, progress);
    }
  }

  private ProgressPrinter progress(VisionTask<?, ?> vision, TaskConfig resolved) {
    return new ProgressPrinter(
        this::say, vision.mainMetric(), resolved.training().epochs(), isTerminal());
  }

  private static Path defaultFolder(TaskConfig config) {
    String date =
        LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return Path.of("runs", date + "-" + config.title());
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.tensor.KernelProfile;
import ai.binealnet.core.train.ConfigFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench train}. */
@Command(
    name = "train",
    description =
        "Time full training steps (data, forward, backward, update) on random 32x32 pictures, and"
            + " between them a float32 matrix product, which tells what the machine can do.")
final class BenchTrainCommand extends Output {
  @Option(
      names = "--steps",
      defaultValue = "30",
      description = "Steps (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--network",
      defaultValue = "resnet20",
      description = "Network (default: ${DEFAULT-VALUE}).")
  private String network;

  @Option(
      names = "--width",
      defaultValue = "1.5",
      description = "Factor on channels (default: ${DEFAULT-VALUE}).")
  private double width;

  @Option(
      names = "--block",
      defaultValue = "stream",
      description = "stream, bineal or basic (default: ${DEFAULT-VALUE}).")
  private BlockKind block;

  @Option(
      names = "--stem",
      defaultValue = "cifar",
      description = "First layer: cifar, fast or pool (default: ${DEFAULT-VALUE}).")
  private StemKind stem;

  @Option(
      names = "--batch",
      defaultValue = "128",
      description = "Pictures of a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--profile", description = "Also tell what each kernel takes of a step.")
  private boolean profile;

  @Override
  Result run() {
    if (steps < 1) {
      throw usage("Invalid value for option '--steps': expected at least 1, got " + steps);
    }
    ClassifyConfig config =
        ConfigFile.resolve(
            ClassifyConfig.defaults(),
            null,
            List.of(
                "backbone.network=" + network,
                "backbone.width=" + width,
                "backbone.block=" + block,
                "backbone.stem=" + stem,
                "training.epochs=1",
                "training.batch=" + batch,
                "training.checkpointSteps=" + Integer.MAX_VALUE));
    TrainingBench bench = new TrainingBench(config, steps);
    return result(config, bench.run());
  }

  private Result result(ClassifyConfig config, TrainingBench.Outcome outcome) {
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("median", outcome.medianSeconds());
    seconds.put("min", outcome.minSeconds());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", config.backbone().title());
    json.put("width", width);
    json.put("block", block.name().toLowerCase(Locale.ROOT));
    json.put("batch", batch);
    json.put("steps", steps);
    json.put("step_seconds", seconds);
    json.put("gmacs", outcome.gmacs());
    json.put("sgemm_gmacs", outcome.sgemmGmacs());
    json.put("resident_mb", outcome.residentEnd());
    json.put("resident_mb_start", outcome.residentStart());
    if (profile) {
      json.put("kernels", outcome.profile().stream().map(this::share).toList());
    }
    String text =
        ("%s, batch %d, %d steps: median %.3f s, min %.3f s a step (%.1f GMAC/s); float32 matrix"
                + " product meanwhile %.1f GMAC/s; resident memory %s MB at the start, %s MB at"
                + " the end")
            .formatted(
                config.backbone().title(),
                batch,
                steps,
                outcome.medianSeconds(),
                outcome.minSeconds(),
                outcome.gmacs(),
                outcome.sgemmGmacs(),
                outcome.residentStart(),
                outcome.residentEnd());
    return Result.done(json, profile ? text + "\n" + table(outcome) : text);
  }

  private Map<String, Object> share(KernelProfile.Row row) {
    Map<String, Object> share = new LinkedHashMap<>();
    share.put("kernel", row.kernel());
    share.put("calls", row.calls() / steps);
    share.put("seconds", row.seconds() / steps);
    return share;
  }

  private String table(TrainingBench.Outcome outcome) {
    StringBuilder text = new StringBuilder("kernel, calls and milliseconds of a step:");
    for (KernelProfile.Row row : outcome.profile()) {
      text.append(
          "%n%-24s %4d %8.1f"
              .formatted(row.kernel(), row.calls() / steps, row.seconds() / steps * 1e3));
    }
    return text.toString();
  }
}

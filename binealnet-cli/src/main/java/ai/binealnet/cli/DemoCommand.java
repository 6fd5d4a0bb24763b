package ai.binealnet.cli;

import ai.binealnet.deploy.runtime.Kernels;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the whole way on sample pictures. */
@Command(
    name = "demo",
    description =
        "Train a small binary network and its full-precision twin on sample pictures, export,"
            + " verify and compare them. Takes a few minutes.")
final class DemoCommand extends Output {
  @Option(
      names = "--task",
      defaultValue = "classify",
      description = "What to show (default: ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to make; runs/<date>-demo if not given.")
  private Path out;

  @Option(names = "--epochs", description = "Epochs of each training.")
  private Integer epochs;

  @Override
  Result run() {
    return run(Tasks.named(task));
  }

  private Result run(VisionTask<?, ?> vision) {
    DemoPlan plan = vision.demo();
    if (epochs != null && epochs < 1) {
      throw usage("Invalid value for option '--epochs': expected at least 1, got " + epochs);
    }
    Path folder = out == null ? defaultFolder() : out;
    OutputFiles.requireFreeFolder(folder);
    Demo.Outcome outcome =
        new Demo<>(
                vision,
                Home.samples(plan.samples()),
                folder,
                epochs == null ? plan.epochs() : epochs,
                isTerminal(),
                this::say)
            .run();
    return new Result(json(vision, outcome), text(outcome), outcome.verified().bitExact());
  }

  private static Path defaultFolder() {
    String date =
        LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return Path.of("runs", date + "-demo");
  }

  private static Map<String, Object> json(VisionTask<?, ?> vision, Demo.Outcome outcome) {
    Map<String, Object> accuracy = new LinkedHashMap<>();
    accuracy.put("fp32", outcome.fp32Value());
    accuracy.put("binary", outcome.binaryValue());
    Map<String, Object> verify = new LinkedHashMap<>();
    verify.put("bit_exact", outcome.verified().bitExact());
    verify.put("mismatches", outcome.verified().mismatches());
    verify.put("images", outcome.verified().images());
    verify.put("implementations", outcome.verified().implementations());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("path", outcome.binary().path().toString());
    model.put("bytes", outcome.binary().bytes());
    model.put("bytes_fp32", outcome.sameInFp32().bytes());
    model.put("binary_layers_ratio", outcome.binaryLayersRatio());
    Map<String, Object> latency = new LinkedHashMap<>();
    outcome.millis().forEach((name, value) -> latency.put(name, Map.of("1", value)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", vision.name());
    json.put("accuracy", accuracy);
    json.put("verify", verify);
    json.put("model", model);
    json.put("latency_ms", latency);
    json.put("pictures", outcome.pictures().stream().map(Path::toString).toList());
    json.put("seconds", outcome.seconds());
    return json;
  }

  private static String text(Demo.Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("%-34s %14s %14s%n".formatted("", "full precision", "binary"));
    text.append(
        "%-34s %14s %14s%n"
            .formatted(
                outcome.metric().title() + " on the held-out pictures",
                outcome.metric().text(outcome.fp32Value()),
                outcome.metric().text(outcome.binaryValue())));
    text.append(
        "%-34s %,14d %,14d%n"
            .formatted("model file, bytes", outcome.twin().bytes(), outcome.binary().bytes()));
    text.append(
        "%-34s %,14d %,14d%n"
            .formatted(
                "binary layers, bytes", outcome.binaryLayersFp32(), outcome.binaryLayersPacked()));
    text.append(
        "%-34s %14.3f %14.3f%n"
            .formatted(
                "one picture, 1 thread, ms",
                outcome.millis().get("fp32"),
                outcome.millis().get("binary")));
    text.append(
        "The binary layers are %.1f times smaller than in float32.%n"
            .formatted(outcome.binaryLayersRatio()));
    text.append(
        Kernels.AUTOMATIC.areNative()
            ? "Latency is that of ONNX Runtime with the native kernels.\n"
            : "Latency is that of stock ONNX Runtime, which unpacks the bits: there are no native kernels"
                + " in this build (a C compiler and CMake make them).\n");
    text.append(
        "%s: %d mismatches on %d pictures (%s)%n"
            .formatted(
                outcome.verified().bitExact() ? "Bit-exact" : "NOT bit-exact",
                outcome.verified().mismatches(),
                outcome.verified().images(),
                String.join(", ", outcome.verified().implementations())));
    outcome.pictures().forEach(picture -> text.append("picture  ").append(picture).append('\n'));
    text.append("model    ").append(outcome.binary().path());
    text.append("%n%.0f seconds in all".formatted(outcome.seconds()));
    return text.toString();
  }
}

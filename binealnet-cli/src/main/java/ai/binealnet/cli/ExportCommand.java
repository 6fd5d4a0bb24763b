package ai.binealnet.cli;

import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export RUN -o M.onnx}. */
@Command(name = "export", description = "Write a trained network as one ONNX file.")
final class ExportCommand extends Output {
  private static final String WEIGHTS = "weights";

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  private Path run;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "M.onnx",
      required = true,
      description = "File to write.")
  private Path output;

  @Option(
      names = "--kind",
      defaultValue = "binary",
      description =
          "binary (packed bits), fp32, int8 (calibrated, of a full-precision network), qonnx, or"
              + " weights: a .safetensors file that train --init-backbone starts from (default:"
              + " ${DEFAULT-VALUE}).")
  private String kind;

  @Mixin private CalibrationOptions calibration;

  @Option(
      names = "--real-ends",
      description =
          "fp32 only, of a binary network: its first and last layer without their rounding to 8"
              + " bits, to measure what it costs.")
  private boolean realEnds;

  @Option(
      names = "--report",
      description =
          "Also write what binealnet report says about the run: M.report.html, M.report.png and"
              + " M.report.json. --seconds and --threads are for it.")
  private boolean withReport;

  @Mixin private BenchOptions bench;

  @Option(names = "--force", description = "Replace the files if they exist.")
  private boolean force;

  @Override
  Result run() throws Exception {
    if (kind.toLowerCase(Locale.ROOT).equals(WEIGHTS)) {
      return writeWeights();
    }
    ModelKind form = form();
    if (realEnds && form != ModelKind.FP32) {
      throw usage("'--real-ends' goes with --kind fp32 only, got " + form.label());
    }
    OutputFiles.requireNew(output, force);
    return write(Tasks.ofRun(run), form);
  }

  private <C extends TaskConfig, D extends TaskData> Result write(
      VisionTask<C, D> task, ModelKind form) throws OrtException {
    TrainedNetwork<C, ?> trained = task.runs().load(run);
    ReportFiles files = ReportFiles.beside(output);
    Report comparison = null;
    if (withReport) {
      files.requireNew(force);
      comparison = compare(task, trained);
    }
    ExportReport report = export(task, trained, form);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", report.path().toString());
    json.put("kind", report.kind().label());
    json.put("bytes", report.bytes());
    json.put("binary_layers", report.binaryLayers());
    json.put("layers", report.layers().size());
    json.put(
        "not_accelerated",
        report.notAccelerated().stream()
            .map(layer -> Map.of("layer", layer.name(), "reason", layer.reason()))
            .toList());
    if (comparison == null) {
      return Result.done(json, text(report));
    }
    json.put("report", files.write(comparison));
    return Result.done(json, "%s%n%n%s".formatted(text(report), files.text(comparison)));
  }

  private Result writeWeights() throws IOException {
    if (realEnds || withReport) {
      throw usage("'--real-ends' and '--report' do not go with --kind " + WEIGHTS);
    }
    OutputFiles.requireNew(output, force);
    Checkpoint.writeWeights(output, Tasks.ofRun(run).runs().load(run).network().parameters());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", output.toString());
    json.put("kind", WEIGHTS);
    json.put("bytes", Files.size(output));
    return Result.done(json, "%s: weights, %,d bytes".formatted(output, Files.size(output)));
  }

  private <C extends TaskConfig, D extends TaskData> Report compare(
      VisionTask<C, D> task, TrainedNetwork<C, ?> trained) throws OrtException {
    Reporter.Settings settings =
        new Reporter.Settings(
            calibration.data(),
            Integer.MAX_VALUE,
            new LookOptions(),
            calibration.pictures(),
            bench.threads(),
            bench.rounds(),
            true,
            Predictor::size);
    return new Reporter<>(task, settings, this::say).run(List.of(ReportSubject.ofRun(trained)));
  }

  private <C extends TaskConfig, D extends TaskData> ExportReport export(
      VisionTask<C, D> task, TrainedNetwork<C, ?> trained, ModelKind form) {
    if (realEnds) {
      return ModelFiles.exportRealEnds(trained, output);
    }
    if (form != ModelKind.INT8) {
      return ModelFiles.export(trained, form, output);
    }
    CalibrationOptions.requireFullPrecision(trained);
    return ModelFiles.exportInt8(trained, calibration.read(task, trained, this::say), output);
  }

  private ModelKind form() {
    for (ModelKind each : ModelKind.values()) {
      if (each.label().equals(kind.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw usage(
        "Invalid value for option '--kind': expected binary, fp32, int8, qonnx or weights, got "
            + kind);
  }

  private static String text(ExportReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s, %,d bytes, %d of %d layers with 1-bit inputs and weights%n"
            .formatted(
                report.path(),
                report.kind().label(),
                report.bytes(),
                report.binaryLayers(),
                report.layers().size()));
    text.append(LayerTable.of(report.layers()));
    for (LayerReport layer : report.notAccelerated()) {
      text.append("\nnot accelerated: ").append(layer.name()).append(": ").append(layer.reason());
    }
    return text.toString();
  }
}

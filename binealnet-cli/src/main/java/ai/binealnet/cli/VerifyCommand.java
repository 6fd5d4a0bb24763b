package ai.binealnet.cli;

import ai.binealnet.cli.VisionTask.Pictures;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.LayerParity;
import ai.binealnet.deploy.parity.ParityReport;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify M.onnx}. */
@Command(
    name = "verify",
    description =
        "Prove that a model file computes what was trained: training graph, plain reference and"
            + " ONNX Runtime, bit for bit. Without the run, the file's own reference hash.")
final class VerifyCommand extends Output {
  private static final int DEFAULT_IMAGES = 32;

  /** Where pictures are large: the plain reference is slow. */
  private static final int DEFAULT_LARGE_IMAGES = 4;

  private static final int LARGE = 64;

  @Parameters(paramLabel = "M.onnx", description = "A model file of kind binary.")
  private Path file;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run it was exported from; found by itself beside the file or in runs/.")
  private Path run;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Compare on this data's test pictures instead of random ones.")
  private Path data;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "How many pictures at most (default: all of --data, else 32 random ones, 4 if large).")
  private Integer images;

  @Override
  Result run() {
    if (images != null && images < 1) {
      throw usage("Invalid value for option '--images': expected at least 1, got " + images);
    }
    return verify(Tasks.ofModel(file));
  }

  private <C extends TaskConfig, D extends TaskData> Result verify(VisionTask<C, D> task) {
    Path found = find(task); // also checks the file
    Path source = run != null ? RunFolder.open(run).root() : found;
    Verification verification = new Verification(file);
    ParityReport report;
    if (source != null) {
      TrainedNetwork<C, ?> trained = task.runs().load(source);
      report = verification.against(trained, batches(task, trained.config()));
    } else {
      if (data != null || images != null) {
        throw usage("--data and --images need the run: give it with --run");
      }
      say("no run found: comparing with the reference hash in the file (--run compares every bit)");
      report = verification.alone();
    }
    return result(report, source);
  }

  private <C extends TaskConfig, D extends TaskData> List<Activation.Pixels> batches(
      VisionTask<C, D> task, C config) {
    ImageSpec input = config.input();
    if (data == null) {
      int count = input.height() > LARGE ? DEFAULT_LARGE_IMAGES : DEFAULT_IMAGES;
      return Verification.random(input, images == null ? count : images);
    }
    D samples = task.runs().task().open(data);
    return Verification.pictures(
        task.pictures(config, samples, Pictures.TEST),
        input,
        images == null ? Integer.MAX_VALUE : images);
  }

  /** The run whose name and weights the file carries, or null. */
  private Path find(VisionTask<?, ?> task) {
    try (Predictor model = Predictor.open(file, 1)) {
      requireBinary(model);
      String name = model.metadata().getOrDefault(TrainedNetwork.RUN, "");
      String weights = model.metadata().get(TrainedNetwork.WEIGHTS);
      Path folder = file.toAbsolutePath().getParent();
      return Stream.of(folder, folder.resolve(name), Path.of("runs", name))
          .filter(RunFolder::isRun)
          .filter(each -> new RunFolder(each).readInfo().task().equals(task.name()))
          .filter(each -> task.runs().load(each).weights().equals(weights))
          .findFirst()
          .orElse(null);
    }
  }

  private void requireBinary(Predictor model) {
    String kind = model.metadata().getOrDefault(Exporter.KIND, "unknown");
    if (!kind.equals(ModelKind.BINARY.label())) {
      throw new UserError(
          "cannot verify " + file + " bit for bit",
          "a model of kind binary",
          kind,
          "compare the accuracy of other kinds with binealnet eval");
    }
  }

  private Result result(ParityReport report, Path source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bit_exact", report.bitExact());
    json.put("mismatches", report.mismatches());
    json.put("images", report.images());
    json.put("implementations", report.implementations());
    json.put("run", source == null ? null : source.toString());
    json.put("layers", report.layers());
    StringBuilder text = new StringBuilder();
    for (LayerParity layer : report.layers()) {
      text.append(
          "%-32s %-5s %,14d compared, %d differ%n"
              .formatted(layer.value(), layer.form(), layer.numbers(), layer.mismatches()));
    }
    text.append(
        "%s: %s on %d pictures, %d mismatches (%s)"
            .formatted(
                file,
                report.bitExact() ? "bit-exact" : "NOT bit-exact",
                report.images(),
                report.mismatches(),
                String.join(", ", report.implementations())));
    return new Result(json, text.toString(), report.bitExact());
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.cost.SystolicArray;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code summary RUN|MODEL|ARCH}. */
@Command(
    name = "summary",
    description =
        "List the layers of a run, a model file or an architecture such as resnet18: bits, weights,"
            + " multiplications, whether accelerated, and modelled cycles.")
final class SummaryCommand extends Output {
  private static final int CLASSES = 10;

  @Parameters(index = "0", paramLabel = "RUN|MODEL|ARCH", description = "What to look at.")
  private String subject;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Settings, such as backbone.binary.downSampleKernel=1 (ARCH only).")
  private List<String> settings = List.of();

  @Mixin private ArchitectureOptions shape;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      defaultValue = "32x32",
      converter = PictureSize.Converter.class,
      description = "Rows x columns (ARCH only; default: ${DEFAULT-VALUE}).")
  private PictureSize input;

  @Mixin private ArrayOptions options;

  @Override
  Result run() {
    SystolicArray array = options.array(this);
    NetworkSummary summary = summary();
    return Result.done(summary.json(array), SummaryTable.of(summary, array));
  }

  private NetworkSummary summary() {
    Path path = Path.of(subject);
    boolean run = Files.isDirectory(path);
    boolean file = !run && (Files.exists(path) || subject.endsWith(".onnx"));
    if ((run || file) && !settings.isEmpty()) {
      throw usage("settings go with an architecture only, got " + settings);
    }
    if (file) {
      try (Predictor model = Predictor.open(path, 1)) {
        return ModelFiles.summary(model.metadata(), path);
      }
    }
    return ModelFiles.summary(
        run
            ? Tasks.ofRun(path).runs().load(path).graph()
            : Classify.RUNS
                .network(shape.config(subject, input, settings), shape.classes(CLASSES))
                .graph(Map.of()),
        ModelKind.BINARY);
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.cost.SystolicArray;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
  private static final int LARGE = 64;

  @Parameters(index = "0", paramLabel = "RUN|MODEL|ARCH", description = "What to look at.")
  private String subject;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Settings, such as backbone.binary.downSampleKernel=1 (ARCH only).")
  private List<String> settings = List.of();

  @Option(names = "--width", defaultValue = "1", description = "Factor on channels (ARCH only).")
  private double width;

  @Option(
      names = "--block",
      defaultValue = "stream",
      description = "stream, bineal or basic (ARCH only; default: ${DEFAULT-VALUE}).")
  private BlockKind block;

  @Option(
      names = "--stem",
      description = "cifar, fast or imagenet (ARCH only; by the input's size if not given).")
  private StemKind stem;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      defaultValue = "32x32",
      description = "Rows x columns (ARCH only; default: ${DEFAULT-VALUE}).")
  private String input;

  @Option(
      names = "--classes",
      defaultValue = "10",
      description = "Outputs (ARCH only; default: ${DEFAULT-VALUE}).")
  private int classes;

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
                .network(architecture(), Collections.nCopies(classes, "any"))
                .graph(Map.of()),
        ModelKind.BINARY);
  }

  private ClassifyConfig architecture() {
    Matcher size = SIZE.matcher(input);
    if (!size.matches() || classes < 1) {
      throw usage("expected --input HxW such as 224x224 and --classes >= 1, got " + input);
    }
    StemKind first =
        stem != null
            ? stem
            : Integer.parseInt(size.group(1)) > LARGE ? StemKind.IMAGENET : StemKind.CIFAR;
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            "backbone.network=" + subject,
            "backbone.width=" + width,
            "backbone.block=" + block,
            "backbone.stem=" + first,
            "input.height=" + size.group(1),
            "input.width=" + size.group(2)));
    all.addAll(settings);
    return ConfigFile.resolve(ClassifyConfig.defaults(), null, all);
  }
}

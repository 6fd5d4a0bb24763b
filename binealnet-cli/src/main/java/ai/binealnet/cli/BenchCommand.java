package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.deploy.bench.Rounds;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench MODEL|RUN}, {@code bench --arch NAME}, and a parent of further measurements. */
@Command(
    name = "bench",
    description =
        "Measure speed on this machine: one picture through a model file, a run or an architecture"
            + " with random weights (--arch), beside baselines that take turns with it. Or measure"
            + " single layers (bench kernels) or training steps (bench train).",
    subcommands = {BenchKernelsCommand.class, BenchTrainCommand.class})
final class BenchCommand extends Output {
  /** Of ImageNet, as its number of classes. */
  private static final PictureSize LARGE = new PictureSize(224, 224);

  private static final int CLASSES = 1000;

  @Parameters(paramLabel = "MODEL|RUN", arity = "0..1", description = "A model file or a run.")
  private Path subject;

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "A network with random weights instead, such as resnet18.")
  private String architecture;

  @Mixin private ArchitectureOptions shape;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting, such as backbone.binary.downSampleKernel=1; may be repeated (with --arch).")
  private List<String> settings = List.of();

  @Option(
      names = "--input",
      paramLabel = "HxW",
      converter = PictureSize.Converter.class,
      description =
          "Rows x columns (default: 224x224 with --arch; a model that takes any size is otherwise"
              + " measured at that of its training pictures).")
  private PictureSize input;

  @Option(
      names = "--baseline",
      split = ",",
      paramLabel = "KIND[:WIDTH]|FILE",
      description =
          "What to compare with: int8 or fp32, the full-precision twin of that width (1 if not"
              + " given) with random weights, or a model file. Default: int8:1.0,fp32:1.0.")
  private List<String> baselines = List.of("int8:1.0", "fp32:1.0");

  @Mixin private BenchOptions options;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Runs of each network instead of a time.")
  private Integer rounds;

  @Option(
      names = "--per-layer",
      description = "Also tell where the time goes, by ONNX Runtime's profiler.")
  private boolean perLayer;

  @Option(
      names = "--no-memory",
      description = "Leave out memory and opening time, measured in processes of their own.")
  private boolean withoutMemory;

  @Override
  Result run() throws Exception {
    if ((subject == null) == (architecture == null)) {
      throw usage("expected either a model file or a run, or --arch NAME");
    }
    if (rounds != null && rounds < 1) {
      throw usage("Invalid value for option '--rounds': expected at least 1, got " + rounds);
    }
    if (shape.block() == BlockKind.BASIC) {
      throw usage(
          "Invalid value for option '--block': expected stream or bineal, got basic (use --baseline fp32)");
    }
    List<Baseline> others = baselines.stream().map(text -> Baseline.parse(text, this)).toList();
    Rounds length = rounds == null ? options.rounds() : Rounds.exactly(rounds);
    NetworkBench.Settings bench =
        new NetworkBench.Settings(options.threads(), length, !withoutMemory, perLayer, this::size);
    int contenders = 1 + others.size();
    try (TemporaryFolder folder = new TemporaryFolder("binealnet-bench-");
        StepProgress progress =
            new StepProgress("measuring", bench.steps(contenders), isTerminal(), this::say)) {
      Contenders networks = new Contenders(folder.path(), progress);
      List<Contender> all =
          subject == null
              ? networks.ofArchitecture(
                  new ClassifyTask(), config(), shape.classes(CLASSES), others)
              : networks.of(Tasks.of(subject), subject, others);
      NetworkBench.Outcome outcome = new NetworkBench(bench, progress).run(all);
      return NetworkBenchReport.of(outcome);
    }
  }

  private ClassifyConfig config() {
    return shape.config(architecture, input == null ? LARGE : input, settings);
  }

  private InputSize size(Predictor model) {
    return input == null ? model.size() : input.of(model.size());
  }
}

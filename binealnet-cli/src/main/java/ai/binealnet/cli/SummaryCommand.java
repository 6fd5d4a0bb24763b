package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code summary RUN|MODEL|ARCH}. */
@Command(
    name = "summary",
    description = "List the layers of a run, a model file or an architecture such as resnet18.")
final class SummaryCommand extends Output {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
  private static final int LARGE = 64;

  @Parameters(paramLabel = "RUN|MODEL|ARCH", description = "What to look at.")
  private String subject;

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

  @Override
  Result run() {
    Path path = Path.of(subject);
    List<LayerReport> layers;
    if (Files.isDirectory(path)) {
      layers = layers(Classify.load(path).graph());
    } else if (Files.exists(path) || subject.endsWith(".onnx")) {
      try (Predictor model = Predictor.open(path, 1)) {
        layers = ModelFiles.layers(model.metadata(), path);
      }
    } else {
      layers = layers(Classify.classifier(architecture(), classes).graph(Map.of()));
    }
    return result(layers);
  }

  private static List<LayerReport> layers(ModelGraph graph) {
    return ModelFiles.layers(graph, ModelKind.BINARY);
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
    return ConfigFile.resolve(
        ClassifyConfig.defaults(),
        null,
        List.of(
            "backbone.network=" + subject,
            "backbone.width=" + width,
            "backbone.block=" + block,
            "backbone.stem=" + first,
            "input.height=" + size.group(1),
            "input.width=" + size.group(2)));
  }

  private static Result result(List<LayerReport> layers) {
    Map<String, Long> macs = new TreeMap<>();
    for (LayerReport layer : layers) {
      String bits = Integer.toString(Math.max(layer.inputBits(), layer.weightBits()));
      macs.merge(bits, layer.macs(), Long::sum);
    }
    List.of("1", "8", "32").forEach(bits -> macs.putIfAbsent(bits, 0L));
    long bytes = layers.stream().mapToLong(LayerReport::bytes).sum();
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("macs", macs);
    totals.put("bytes", bytes);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layers", layers.stream().map(SummaryCommand::row).toList());
    json.put("totals", totals);
    String text =
        "%s%ntotal %,d bytes; MACs with 1-bit numbers %,d, 8-bit %,d, real %,d"
            .formatted(LayerTable.of(layers), bytes, macs.get("1"), macs.get("8"), macs.get("32"));
    return Result.done(json, text);
  }

  private static Map<String, Object> row(LayerReport layer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", layer.name());
    row.put("op", layer.op());
    row.put("input_bits", layer.inputBits());
    row.put("weight_bits", layer.weightBits());
    row.put("macs", layer.macs());
    row.put("bytes", layer.bytes());
    row.put("accelerated", layer.accelerated());
    row.put("reason", layer.reason());
    return row;
  }
}

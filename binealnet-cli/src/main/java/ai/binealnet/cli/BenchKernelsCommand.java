package ai.binealnet.cli;

import ai.binealnet.deploy.bench.KernelBench;
import ai.binealnet.deploy.bench.KernelBench.Row;
import ai.binealnet.deploy.bench.KernelBench.Shape;
import ai.binealnet.deploy.runtime.KernelSet;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench kernels}. */
@Command(
    name = "kernels",
    description =
        "Time single convolutions: the binary one and ONNX Runtime's in 8 bits and in float32,"
            + " taking turns.")
final class BenchKernelsCommand extends Output {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,4})(?:x(\\d))?");
  private static final int CHANNEL_STEP = 32;

  @Option(
      names = "--shapes",
      split = ",",
      paramLabel = "CxHxW[xK]",
      description =
          "Channels, rows, columns and kernel, such as 64x56x56x3; K is 3 if not given. Default:"
              + " the 3x3 layers of ResNet-18 at 224x224, width 1 and 1.5.")
  private List<String> shapes;

  @Mixin private BenchOptions options;

  @Override
  Result run() throws OrtException {
    List<Shape> layers =
        shapes == null ? KernelBench.standardShapes() : shapes.stream().map(this::shape).toList();
    List<Integer> threads = options.threads();
    double seconds = options.seconds();
    List<Row> rows = new ArrayList<>();
    try (StepProgress progress =
        new StepProgress("measuring", layers.size() * threads.size(), isTerminal(), this::say)) {
      for (int count : threads) {
        for (Shape layer : layers) {
          rows.add(KernelBench.measure(layer, count, seconds));
          progress.done(name(layer) + ", " + NetworkBench.threads(count));
        }
      }
    }
    return result(rows, KernelSet.name());
  }

  private Shape shape(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (parts.matches()) {
      int channels = Integer.parseInt(parts.group(1));
      int height = Integer.parseInt(parts.group(2));
      int width = Integer.parseInt(parts.group(3));
      int kernel = parts.group(4) == null ? 3 : Integer.parseInt(parts.group(4));
      boolean whole = channels > 0 && channels % CHANNEL_STEP == 0 && kernel % 2 == 1;
      if (whole && height > 0 && width > 0) {
        return new Shape(channels, height, width, kernel);
      }
    }
    throw usage(
        "Invalid value for option '--shapes': expected CxHxW or CxHxWxK with C a multiple of 32 and"
            + " K odd, such as 64x56x56x3, got "
            + text);
  }

  private static String name(Shape layer) {
    return "%d @ %dx%d, %dx%d"
        .formatted(layer.channels(), layer.height(), layer.width(), layer.kernel(), layer.kernel());
  }

  private static Result result(List<Row> rows, String kernels) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kernels", kernels);
    json.put("rows", rows.stream().map(BenchKernelsCommand::json).toList());
    StringBuilder text = new StringBuilder();
    text.append(
        "10^9 multiply-accumulates a second, median (5th percentile of times); kernels: %s%n"
            .formatted(kernels));
    text.append(
        "%-20s %7s %15s %15s %15s %10s %10s"
            .formatted("layer", "threads", "fp32", "int8", "binary", "over int8", "over fp32"));
    rows.forEach(row -> text.append("\n").append(line(row)));
    return Result.done(json, text.toString());
  }

  private static Map<String, Object> json(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channels", row.shape().channels());
    json.put("height", row.shape().height());
    json.put("width", row.shape().width());
    json.put("kernel", row.shape().kernel());
    json.put("threads", row.threads());
    json.put("rounds", row.rounds());
    json.put("gmacs", row.gmacs());
    json.put("gmacs_p05", row.bestGmacs());
    json.put("ratio", row.ratio());
    return json;
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder();
    line.append("%-20s %7d".formatted(name(row.shape()), row.threads()));
    for (String format : KernelBench.FORMATS) {
      line.append(
          String.format(
              Locale.ROOT, " %7.0f (%5.0f)", row.gmacs().get(format), row.bestGmacs().get(format)));
    }
    return line.append(
            String.format(
                Locale.ROOT, " %10.2f %10.2f", row.ratio().get("int8"), row.ratio().get("fp32")))
        .toString();
  }
}

package ai.binealnet.cli;

import ai.binealnet.deploy.cost.Dataflow;
import ai.binealnet.deploy.cost.SystolicArray;
import ai.binealnet.deploy.cost.Tiles;
import ai.binealnet.deploy.cost.Units;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The systolic array that cycles are counted for; docs/cost-model.md explains it. */
final class ArrayOptions {
  private static final Pattern CELLS = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

  @Option(
      names = "--array",
      paramLabel = "RxC",
      defaultValue = "32x32",
      description = "Cycles: rows x columns of 8-bit cells (default: ${DEFAULT-VALUE}).")
  private String cells;

  @Option(
      names = "--dataflow",
      defaultValue = "os",
      description = "Cycles: os or ws, output- or weight-stationary (default: ${DEFAULT-VALUE}).")
  private Dataflow dataflow;

  @Option(
      names = "--bandwidth",
      defaultValue = "32",
      description = "Cycles: bytes a cycle from and to memory (default: ${DEFAULT-VALUE}).")
  private double bandwidth;

  @Option(
      names = "--ratio",
      defaultValue = "16",
      description = "Cycles: 1-bit peak over 8-bit peak (default: ${DEFAULT-VALUE}).")
  private int ratio;

  @Option(
      names = "--tiles",
      defaultValue = "overlapped",
      description = "Cycles: overlapped or separate tiles (default: ${DEFAULT-VALUE}).")
  private Tiles tiles;

  @Option(
      names = "--units",
      defaultValue = "separate",
      description =
          "Cycles: separate arrays for bits and bytes, or one shared (default: ${DEFAULT-VALUE}).")
  private Units units;

  /** The array that was asked for. */
  SystolicArray array(Output command) {
    Matcher extents = CELLS.matcher(cells);
    if (!extents.matches() || !(bandwidth > 0) || ratio < 1) {
      throw command.usage(
          "expected --array RxC such as 32x32, --bandwidth above 0 and --ratio of at least 1, got "
              + "%s, %s and %d".formatted(cells, bandwidth, ratio));
    }
    return new SystolicArray(
        Integer.parseInt(extents.group(1)),
        Integer.parseInt(extents.group(2)),
        dataflow,
        bandwidth,
        ratio,
        tiles,
        units);
  }

  static Map<String, Object> json(SystolicArray array) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", array.rows());
    json.put("columns", array.columns());
    json.put("dataflow", lower(array.dataflow()));
    json.put("bandwidth", array.bandwidth());
    json.put("ratio", array.ratio());
    json.put("tiles", lower(array.tiles()));
    json.put("units", lower(array.units()));
    return json;
  }

  static String text(SystolicArray array) {
    return "%d x %d cells, %s, %s bytes a cycle, 1-bit peak %dx, tiles %s, units %s"
        .formatted(
            array.rows(),
            array.columns(),
            array.dataflow() == Dataflow.OS ? "output-stationary" : "weight-stationary",
            bandwidth(array),
            array.ratio(),
            lower(array.tiles()),
            lower(array.units()));
  }

  /** Bytes a cycle, whole where they are. */
  static String bandwidth(SystolicArray array) {
    double bytes = array.bandwidth();
    return bytes == Math.rint(bytes) ? "%.0f".formatted(bytes) : Double.toString(bytes);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

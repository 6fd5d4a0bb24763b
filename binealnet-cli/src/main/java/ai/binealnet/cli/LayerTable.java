package ai.binealnet.cli;

import ai.binealnet.deploy.lower.LayerReport;
import java.util.List;

/** Layers as a table for people. */
final class LayerTable {
  private LayerTable() {}

  static String of(List<LayerReport> layers) {
    int width = layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0);
    int op = layers.stream().mapToInt(layer -> layer.op().length()).max().orElse(0);
    String format = "%-" + width + "s  %-" + op + "s  %5s  %7s  %13s  %10s  %s%n";
    StringBuilder table = new StringBuilder();
    table.append(
        format.formatted("layer", "operator", "input", "weights", "MACs", "bytes", "accelerated"));
    for (LayerReport layer : layers) {
      table.append(
          format.formatted(
              layer.name(),
              layer.op(),
              layer.inputBits(),
              layer.weightBits(),
              "%,d".formatted(layer.macs()),
              "%,d".formatted(layer.bytes()),
              layer.accelerated() ? "yes" : "no"));
    }
    return table.toString().stripTrailing();
  }
}

package ai.binealnet.cli;

import ai.binealnet.deploy.cost.Cost;
import ai.binealnet.deploy.cost.Cycles;
import ai.binealnet.deploy.cost.LayerWork;
import ai.binealnet.deploy.cost.SystolicArray;
import ai.binealnet.deploy.lower.LayerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A summary for people: one row for each layer, totals, and what they amount to. */
final class SummaryTable {
  private static final List<String> HEAD =
      List.of(
          "layer",
          "operator",
          "input",
          "weights",
          "kB",
          "MACs 1-bit",
          "8-bit",
          "32-bit",
          "cycles",
          "accelerated");
  private static final int LEFT = 2; // columns of words, the others hold numbers
  private static final double KILO = 1000;

  private final NetworkSummary summary;
  private final SystolicArray array;

  private SummaryTable(NetworkSummary summary, SystolicArray array) {
    this.summary = summary;
    this.array = array;
  }

  static String of(NetworkSummary summary, SystolicArray array) {
    SummaryTable table = new SummaryTable(summary, array);
    return TextTable.of(table.rows(), LEFT) + table.conclusions();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (int i = 0; i < summary.layers().size(); i++) {
      LayerReport layer = summary.layers().get(i);
      LayerWork work = summary.hasWork() ? summary.work().get(i) : null;
      List<String> row = new ArrayList<>(List.of(layer.name(), layer.op()));
      row.add(layer.inputBits() + "-bit");
      row.add(
          work == null ? "x " + layer.weightBits() : weights(work.weights(), layer.weightBits()));
      row.add(kilo(layer.bytes()));
      for (int bits : new int[] {1, 8, 32}) {
        row.add(NetworkSummary.macBits(layer) == bits ? number(layer.macs()) : "");
      }
      row.add(work == null ? "" : number(array.cycles(work)));
      row.add(layer.accelerated() ? "yes" : "no: " + layer.reason());
      rows.add(row);
    }
    rows.add(total());
    return rows;
  }

  private List<String> total() {
    Cost cost = Cost.of(summary.work());
    Map<String, Long> macs = summary.macs();
    String weights =
        cost.weights().entrySet().stream()
            .map(entry -> weights(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(" + "));
    return List.of(
        "total",
        "",
        "",
        weights,
        kilo(summary.bytes()),
        number(macs.get("1")),
        number(macs.get("8")),
        number(macs.get("32")),
        summary.hasWork() ? number(array.cycles(summary.work()).total()) : "",
        "");
  }

  private String conclusions() {
    StringBuilder text = new StringBuilder();
    text.append("%nbinarized MACs %.1f %%".formatted(100 * summary.binaryShare()));
    if (!summary.hasWork()) {
      return text.append("; weights and cycles are not in this file: export it again").toString();
    }
    Cost cost = Cost.of(summary.work());
    Cycles cycles = array.cycles(summary.work());
    long eightBit = summary.eightBitCycles(array);
    return text.append(
            "%nmemory %s kB, %s kB in float32: %.1fx smaller"
                .formatted(
                    kilo(summary.bytes()),
                    kilo(summary.floatBytes()),
                    (double) summary.floatBytes() / summary.bytes()))
        .append(
            "%nactivations %s kB read, %s kB written"
                .formatted(kilo(cost.inputBytes()), kilo(cost.outputBytes())))
        .append(
            "%ncycles %s (1-bit unit %s, 8-bit unit %s, memory %s); %s with every number in 8 bits: %.1fx"
                .formatted(
                    number(cycles.total()),
                    number(cycles.oneBit()),
                    number(cycles.eightBit()),
                    number(cycles.memory()),
                    number(eightBit),
                    (double) eightBit / cycles.total()))
        .append("%nmodelled array: %s (docs/cost-model.md)".formatted(ArrayOptions.text(array)))
        .toString();
  }

  private static String weights(long count, int bits) {
    return number(count) + " x " + bits;
  }

  private static String kilo(long bytes) {
    return "%,.1f".formatted(bytes / KILO);
  }

  private static String number(long value) {
    return "%,d".formatted(value);
  }
}

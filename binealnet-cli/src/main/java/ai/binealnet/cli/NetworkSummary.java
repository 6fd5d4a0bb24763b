package ai.binealnet.cli;

import ai.binealnet.deploy.cost.Cost;
import ai.binealnet.deploy.cost.LayerWork;
import ai.binealnet.deploy.cost.SystolicArray;
import ai.binealnet.deploy.lower.LayerReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What {@code summary} tells of a network.
 *
 * @param layers every layer that multiplies
 * @param work the same layers as work for an accelerator; empty for files that do not hold it
 */
record NetworkSummary(List<LayerReport> layers, List<LayerWork> work) {
  private static final List<Integer> WIDTHS = List.of(1, 8, 32);

  /** Whether weights and cycles are known. */
  boolean hasWork() {
    return work.size() == layers.size();
  }

  /** Bytes as stored. */
  long bytes() {
    return layers.stream().mapToLong(LayerReport::bytes).sum();
  }

  /** Bytes of the weights alone in float32. */
  long floatBytes() {
    return work.stream().mapToLong(layer -> Float.BYTES * layer.weights()).sum();
  }

  /** Multiplications by the bits of the wider factor, for 1, 8 and 32. */
  Map<String, Long> macs() {
    Map<Integer, Long> macs = new TreeMap<>();
    layers.forEach(layer -> macs.merge(macBits(layer), layer.macs(), Long::sum));
    return byWidth(macs);
  }

  static int macBits(LayerReport layer) {
    return Math.max(layer.inputBits(), layer.weightBits());
  }

  /** The part of all multiplications that takes bits by bits. */
  double binaryShare() {
    Map<String, Long> macs = macs();
    long all = macs.values().stream().mapToLong(Long::longValue).sum();
    return all == 0 ? 0 : (double) macs.get("1") / all;
  }

  /** The object that {@code --json} prints. */
  Map<String, Object> json(SystolicArray array) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layers", IntStream.range(0, layers.size()).mapToObj(i -> row(i, array)).toList());
    json.put("totals", totals(array));
    json.put("array", ArrayOptions.json(array));
    return json;
  }

  private Map<String, Object> row(int i, SystolicArray array) {
    LayerReport layer = layers.get(i);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", layer.name());
    row.put("op", layer.op());
    row.put("input_bits", layer.inputBits());
    row.put("weight_bits", layer.weightBits());
    row.put("weights", hasWork() ? work.get(i).weights() : null);
    row.put("macs", layer.macs());
    row.put("bytes", layer.bytes());
    row.put("input_bytes", hasWork() ? work.get(i).inputBytes() : null);
    row.put("output_bytes", hasWork() ? work.get(i).outputBytes() : null);
    row.put("cycles", hasWork() ? array.cycles(work.get(i)) : null);
    row.put("accelerated", layer.accelerated());
    row.put("reason", layer.reason());
    return row;
  }

  private Map<String, Object> totals(SystolicArray array) {
    Cost cost = Cost.of(work);
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("macs", macs());
    totals.put("binary_macs_share", binaryShare());
    totals.put("weights", byWidth(cost.weights()));
    totals.put("bytes", bytes());
    totals.put("float32_bytes", hasWork() ? floatBytes() : null);
    totals.put("memory_ratio", hasWork() ? (double) floatBytes() / bytes() : null);
    totals.put("activation_bytes", Map.of("in", cost.inputBytes(), "out", cost.outputBytes()));
    Map<String, Object> cycles = new LinkedHashMap<>();
    cycles.put("int8", hasWork() ? eightBitCycles(array) : null);
    cycles.put("binary", hasWork() ? array.cycles(work).total() : null);
    totals.put("cycles", cycles);
    return totals;
  }

  /** Cycles with every number in 8 bits. */
  long eightBitCycles(SystolicArray array) {
    return array.cycles(work.stream().map(LayerWork::at8Bits).toList()).total();
  }

  private static Map<String, Long> byWidth(Map<Integer, Long> values) {
    Map<String, Long> all = new LinkedHashMap<>();
    WIDTHS.forEach(bits -> all.put(bits.toString(), values.getOrDefault(bits, 0L)));
    return all;
  }
}

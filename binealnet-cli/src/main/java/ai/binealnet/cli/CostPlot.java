package ai.binealnet.cli;

import ai.binealnet.core.report.LineCharts;
import ai.binealnet.core.report.LineCharts.Panel;
import ai.binealnet.deploy.cost.Network;
import ai.binealnet.deploy.cost.Networks;
import ai.binealnet.deploy.cost.SystolicArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** How many times fewer cycles binary networks take than 8-bit ResNet-18, over array and memory. */
final class CostPlot {
  private static final String SPEEDUP = "8-bit cycles / cycles";
  private static final double[] BANDWIDTHS = powersOfTwo(1, 8);
  private static final double[] SIDES = powersOfTwo(3, 7);

  private CostPlot() {}

  /** Draws the three pictures around {@code array}. */
  static void write(SystolicArray array, Path file) {
    String cells = "%d x %d cells".formatted(array.rows(), array.columns());
    LineCharts.write(
        List.of(
            panel(cells, "bandwidth (bytes a cycle)", BANDWIDTHS, array::withBandwidth),
            panel(
                ArrayOptions.bandwidth(array) + " bytes a cycle",
                "rows and columns",
                SIDES,
                side -> array.withCells((int) side, (int) side)),
            panel(
                "bandwidth in step with the array",
                "rows, columns, bytes a cycle",
                SIDES,
                side -> array.withCells((int) side, (int) side).withBandwidth(side))),
        file);
  }

  private static Panel panel(
      String title, String axis, double[] x, DoubleFunction<SystolicArray> arrays) {
    Network eightBit = Networks.resNet18(1);
    Map<String, double[]> lines = new LinkedHashMap<>();
    networks()
        .forEach(
            (name, network) ->
                lines.put(
                    name,
                    DoubleStream.of(x)
                        .map(value -> cycles(arrays.apply(value), eightBit, network))
                        .toArray()));
    return new Panel(title, axis, SPEEDUP, x, lines);
  }

  private static double cycles(SystolicArray array, Network slow, Network fast) {
    return (double) array.cycles(slow.layers()).total() / array.cycles(fast.layers()).total();
  }

  private static Map<String, Network> networks() {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put("BiNeal x1", Networks.biNeal(1, 1));
    networks.put("BiNeal x1.5", Networks.biNeal(1.5, 1));
    networks.put("BiNeal x2", Networks.biNeal(2, 1));
    networks.put("Bi-Real, 8-bit stream", Networks.biReal(8, 8));
    networks.put("ReActNet-A, 8-bit stream", Networks.reActNetA(8, 8));
    networks.put("ReActNet-A, 16-bit stream", Networks.reActNetA(16, 8));
    return networks;
  }

  private static double[] powersOfTwo(int first, int last) {
    double[] powers = new double[last - first + 1];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = 1 << first + i;
    }
    return powers;
  }
}

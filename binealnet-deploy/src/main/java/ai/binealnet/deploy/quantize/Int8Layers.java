package ai.binealnet.deploy.quantize;

import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.LayerReports;
import ai.binealnet.deploy.lower.OperatorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reports the layers of an 8-bit network, and every operator that stayed in float32. */
public final class Int8Layers {
  private static final int BITS = 8;
  private static final int FLOAT_BITS = 32;

  private Int8Layers() {}

  /** The report, in the graph's order. */
  public static List<LayerReport> of(QuantizedGraph quantized) {
    Map<String, LayerReport> real =
        LayerReports.ofReal(quantized.graph()).stream()
            .collect(Collectors.toMap(LayerReport::name, Function.identity()));
    List<LayerReport> layers = new ArrayList<>();
    for (Step step : quantized.steps()) {
      LayerReport layer = real.get(step.name());
      if (step instanceof Step.Product) {
        layers.add(eightBit(layer, quantized.weights().get(step.name())));
      } else if (step instanceof Step.Real stays) {
        layers.add(real(stays, layer));
      }
    }
    return List.copyOf(layers);
  }

  private static LayerReport eightBit(LayerReport layer, Int8Weights weights) {
    long bytes =
        weights.values().length
            + (long) Float.BYTES * weights.scales().length
            + (long) Integer.BYTES * weights.bias().length;
    return new LayerReport(layer.name(), layer.op(), BITS, BITS, layer.macs(), bytes, true, "");
  }

  private static LayerReport real(Step.Real stays, LayerReport layer) {
    long macs = layer == null ? 0 : layer.macs();
    long bytes = layer == null ? 0 : layer.bytes();
    String op = OperatorNames.of(stays.node());
    return new LayerReport(
        stays.name(), op, FLOAT_BITS, FLOAT_BITS, macs, bytes, false, stays.reason());
  }
}

package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.ModelGraph;
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

  /** The report of a graph that is not lowered, in its order. */
  public static List<LayerReport> of(ModelGraph graph) {
    Map<String, LayerReport> real =
        LayerReports.ofReal(graph).stream()
            .collect(Collectors.toMap(LayerReport::name, Function.identity()));
    List<LayerReport> layers = new ArrayList<>();
    for (Step step : Folding.fold(graph)) {
      LayerReport layer = real.get(step.name());
      if (step instanceof Step.Product product) {
        layers.add(eightBit(layer, product));
      } else if (step instanceof Step.Real stays) {
        layers.add(real(stays, layer));
      }
    }
    return List.copyOf(layers);
  }

  private static LayerReport eightBit(LayerReport layer, Step.Product product) {
    int scaleAndBias = Float.BYTES + Integer.BYTES;
    long bytes = product.weights().length + (long) scaleAndBias * product.bias().length;
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

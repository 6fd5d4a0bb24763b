package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.ModelGraph;
import java.util.List;
import java.util.Map;

/**
 * A lowered network.
 *
 * @param graph what a device runs; values that both graphs have carry the same name
 * @param layers every layer that multiplies, with the reason where one is not accelerated
 * @param scales the scale of each int8 value: its real value is {@code q * scale}
 */
public record Lowered(ModelGraph graph, List<LayerReport> layers, Map<String, Float> scales) {
  /** Copies the collections. */
  public Lowered {
    layers = List.copyOf(layers);
    scales = Map.copyOf(scales);
  }
}

package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.ModelGraph;
import java.util.List;
import java.util.Map;

/**
 * A network in 8 bits.
 *
 * @param graph the real-valued graph that it stands for
 * @param steps what is computed, in order
 * @param scales of every value that exists in 8 bits
 * @param weights of every {@link Step.Product}, by its name
 */
public record QuantizedGraph(
    ModelGraph graph,
    List<Step> steps,
    Map<String, UInt8Scale> scales,
    Map<String, Int8Weights> weights) {
  /** Copies the collections. */
  public QuantizedGraph {
    steps = List.copyOf(steps);
    scales = Map.copyOf(scales);
    weights = Map.copyOf(weights);
  }

  /** The same with another graph, which differs in metadata only. */
  public QuantizedGraph withGraph(ModelGraph other) {
    return new QuantizedGraph(other, steps, scales, weights);
  }
}

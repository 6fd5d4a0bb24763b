package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Static post-training quantization of a real-valued graph. */
public final class StaticQuantizer {
  private final ModelGraph graph;
  private final List<Step> steps;

  /** Values that some 8-bit operator reads. */
  private final Set<String> wanted = new HashSet<>();

  /** A quantizer of a graph that is not lowered. */
  public StaticQuantizer(ModelGraph graph) {
    this.graph = graph;
    steps = Folding.fold(graph);
    for (Step step : steps) {
      if (!(step instanceof Step.Real || step instanceof Step.Pixels)) {
        wanted.addAll(step.inputs());
      }
    }
  }

  /** The same graph, its outputs the values whose ranges must be known. */
  public ModelGraph observed() {
    List<String> values = new ArrayList<>();
    for (Step step : steps) {
      if (isQuantized(step) && !(step instanceof Step.Pixels) && !keepsScale(step)) {
        values.add(step.output());
      }
    }
    return new ModelGraph(
        graph.name(),
        graph.input(),
        graph.height(),
        graph.width(),
        graph.channels(),
        graph.nodes(),
        values,
        Map.of());
  }

  /** Chooses scales and rounds weights. */
  public QuantizedGraph quantize(Map<String, Histogram> seen, CalibrationMethod method) {
    Map<String, UInt8Scale> scales = new HashMap<>();
    Map<String, Int8Weights> weights = new HashMap<>();
    Set<String> pixels = new HashSet<>();
    for (Step step : steps) {
      String input = step.inputs().get(0);
      if (step instanceof Step.Product product) {
        int max = pixels.contains(input) ? Int8Weights.MAX_FOR_PIXELS : Int8Weights.MAX;
        float scale = scales.get(input).scale();
        weights.put(product.name(), Int8Weights.of(product.weights(), product.bias(), scale, max));
      }
      if (step instanceof Step.Pixels normalized) {
        scales.put(step.output(), normalized.scale());
        pixels.add(step.output());
      } else if (keepsScale(step)) {
        scales.put(step.output(), scales.get(input));
      } else if (isQuantized(step)) {
        scales.put(step.output(), UInt8Scale.of(method.range(seen.get(step.output()))));
      }
    }
    return new QuantizedGraph(graph, steps, scales, weights);
  }

  /** Whether a step's result exists in 8 bits. Fully connected layers can return float32. */
  private boolean isQuantized(Step step) {
    boolean canReturnReal =
        step instanceof Step.Real
            || step instanceof Step.Product product
                && product.node() instanceof Linear
                && !product.relu();
    return !canReturnReal || wanted.contains(step.output());
  }

  /** A maximum is one of the integers it is chosen from, and so is a copy. */
  private static boolean keepsScale(Step step) {
    return step instanceof Step.Move
        || step instanceof Step.Pool pool && pool.node().op() == Op.MAX_POOL;
  }
}

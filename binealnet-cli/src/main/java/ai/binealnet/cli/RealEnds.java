package ai.binealnet.cli;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.graph.WeightType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A binary network with a real-valued first layer and real-valued last ones, to measure what their
 * 8 bits cost: the weights are those that training keeps in float32 and rounds at every step, and
 * the last layers read their input unrounded. The first one's input, pixels, fits 8 bits in any
 * case. A filter that is not trained keeps its weights.
 */
final class RealEnds {
  private final Map<String, Node> producers = new HashMap<>();
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Map<String, float[]> parameters = new HashMap<>();

  private RealEnds(ModelGraph graph, List<Parameter> parameters) {
    for (Node node : graph.nodes()) {
      node.outputs().forEach(value -> producers.put(value, node));
      node.inputs()
          .forEach(value -> readers.computeIfAbsent(value, v -> new ArrayList<>()).add(node));
    }
    parameters.forEach(each -> this.parameters.put(each.name(), each.value().toArray()));
  }

  /**
   * The graph with these layers made real.
   *
   * @param graph the evaluation form of a network, not lowered
   * @param parameters the same network's
   * @throws UserError if none of them has 8-bit weights
   */
  static ModelGraph of(ModelGraph graph, List<Parameter> parameters) {
    RealEnds ends = new RealEnds(graph, parameters);
    List<Node> nodes = new ArrayList<>(graph.nodes().stream().map(ends::real).toList());
    if (nodes.equals(graph.nodes())) {
      throw new UserError(
          "cannot make the first and last layer of " + graph.name() + " real",
          "a binary network, in which they have 8 bits",
          "they are real already",
          "leave out --real-ends");
    }
    Set<String> used = new HashSet<>(graph.outputs());
    nodes.forEach(node -> used.addAll(node.inputs()));
    nodes.removeIf(node -> node instanceof Quantize quantize && !used.contains(quantize.output()));
    return graph.withNodes(nodes);
  }

  /** The node itself, or its real form if it is one of the ends. */
  private Node real(Node node) {
    if (node instanceof Conv2d conv && conv.weightType() == WeightType.INT8 && isEnd(conv)) {
      return real(conv);
    }
    if (node instanceof Linear linear && linear.weightType() == WeightType.INT8 && isEnd(linear)) {
      return real(linear);
    }
    return node;
  }

  private boolean isEnd(Node node) {
    return weights(node) != null
        && (producers.get(node.inputs().get(0)) instanceof Normalize || isLast(node));
  }

  /** Whether no layer with weights comes after it. */
  private boolean isLast(Node node) {
    return node.outputs().stream()
        .flatMap(value -> readers.getOrDefault(value, List.of()).stream())
        .allMatch(next -> !(next instanceof Conv2d) && !(next instanceof Linear) && isLast(next));
  }

  /** Weights come as [kh,kw,I,O] and leave as [O,kh,kw,I]. */
  private Conv2d real(Conv2d conv) {
    float[] source = weights(conv);
    int out = conv.outputChannels();
    int length = source.length / out;
    float[] target = new float[source.length];
    for (int i = 0; i < source.length; i++) {
      target[i % out * length + i / out] = source[i];
    }
    return new Conv2d(
        conv.name(),
        unrounded(conv.input()),
        conv.output(),
        conv.geometry(),
        conv.inputChannels(),
        out,
        target,
        WeightType.FLOAT,
        conv.binaryInput());
  }

  private Linear real(Linear linear) {
    return new Linear(
        linear.name(),
        unrounded(linear.input()),
        linear.output(),
        linear.inputFeatures(),
        linear.outputFeatures(),
        weights(linear),
        linear.bias(),
        WeightType.FLOAT);
  }

  private String unrounded(String value) {
    return producers.get(value) instanceof Quantize quantize ? quantize.input() : value;
  }

  /** Those of training, or null where nothing is trained. */
  private float[] weights(Node node) {
    return parameters.get(node.name() + ".weight");
  }
}

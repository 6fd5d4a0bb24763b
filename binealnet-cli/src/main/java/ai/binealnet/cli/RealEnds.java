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
import java.util.List;
import java.util.Map;

/**
 * A binary network with a real-valued first and last layer, to measure what their 8 bits cost: the
 * weights are those that training keeps in float32 and rounds at every step, and the last layer
 * reads its input unrounded. The first one's input, pixels, fits 8 bits in any case.
 */
final class RealEnds {
  private final Map<String, Node> producers = new HashMap<>();
  private final Map<String, float[]> parameters = new HashMap<>();

  private RealEnds(ModelGraph graph, List<Parameter> parameters) {
    graph.nodes().forEach(node -> node.outputs().forEach(value -> producers.put(value, node)));
    parameters.forEach(each -> this.parameters.put(each.name(), each.value().toArray()));
  }

  /**
   * The graph with both layers made real.
   *
   * @param graph the evaluation form of a network, not lowered
   * @param parameters the same network's
   * @throws UserError if neither layer has 8-bit weights
   */
  static ModelGraph of(ModelGraph graph, List<Parameter> parameters) {
    RealEnds ends = new RealEnds(graph, parameters);
    List<Node> nodes = new ArrayList<>(graph.nodes());
    boolean found = false;
    for (Node node : graph.nodes()) {
      if (node instanceof Conv2d conv && ends.isFirst(conv)) {
        nodes.set(nodes.indexOf(node), ends.real(conv));
        found = true;
      } else if (node instanceof Linear linear && linear.weightType() == WeightType.INT8) {
        nodes.set(nodes.indexOf(node), ends.real(linear));
        if (ends.producers.get(linear.input()) instanceof Quantize quantize) {
          nodes.remove(quantize);
        }
        found = true;
      }
    }
    if (!found) {
      throw new UserError(
          "cannot make the first and last layer of " + graph.name() + " real",
          "a binary network, in which they have 8 bits",
          "they are real already",
          "leave out --real-ends");
    }
    return graph.withNodes(nodes);
  }

  private boolean isFirst(Conv2d conv) {
    return conv.weightType() == WeightType.INT8 && producers.get(conv.input()) instanceof Normalize;
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
        conv.input(),
        conv.output(),
        conv.geometry(),
        conv.inputChannels(),
        out,
        target,
        WeightType.FLOAT,
        conv.binaryInput());
  }

  private Linear real(Linear linear) {
    boolean rounded = producers.get(linear.input()) instanceof Quantize;
    return new Linear(
        linear.name(),
        rounded ? producers.get(linear.input()).inputs().get(0) : linear.input(),
        linear.output(),
        linear.inputFeatures(),
        linear.outputFeatures(),
        weights(linear),
        linear.bias(),
        WeightType.FLOAT);
  }

  private float[] weights(Node node) {
    return parameters.get(node.name() + ".weight");
  }
}

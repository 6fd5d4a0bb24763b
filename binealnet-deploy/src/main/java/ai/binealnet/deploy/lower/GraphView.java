package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who writes and who reads each value of a graph. */
public final class GraphView {
  private final Map<String, Node> producers = new HashMap<>();
  private final Map<String, List<Node>> consumers = new HashMap<>();
  private final Set<String> outputs;

  /** A view of {@code graph}. */
  public GraphView(ModelGraph graph) {
    outputs = new HashSet<>(graph.outputs());
    for (Node node : graph.nodes()) {
      node.inputs().forEach(v -> consumers.computeIfAbsent(v, k -> new ArrayList<>()).add(node));
      node.outputs().forEach(v -> producers.put(v, node));
    }
  }

  /** The node that writes {@code value}, or null for the graph's input. */
  public Node producer(String value) {
    return producers.get(value);
  }

  /** The node that writes {@code value}, if it is of a type. */
  public <T extends Node> Optional<T> producer(String value, Class<T> type) {
    return Optional.ofNullable(producers.get(value)).filter(type::isInstance).map(type::cast);
  }

  /** The nodes that read {@code value}, in the graph's order. */
  public List<Node> consumers(String value) {
    return consumers.getOrDefault(value, List.of());
  }

  /** Whether {@code value} leaves the graph. */
  public boolean isOutput(String value) {
    return outputs.contains(value);
  }

  /** Whether {@code value} is read once and does not leave the graph, so that it may vanish. */
  public boolean isPrivate(String value) {
    return consumers(value).size() == 1 && !isOutput(value);
  }
}

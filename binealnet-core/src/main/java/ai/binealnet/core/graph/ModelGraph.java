package ai.binealnet.core.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as it is exported: one image input, nodes in an order in which every value is written
 * before it is read, and outputs.
 *
 * @param name the network's name, such as {@code resnet20-x1.5-bineal}
 * @param input the image value, uint8 [N, height, width, channels]
 * @param height rows of the input
 * @param width columns of the input
 * @param channels channels of the input
 * @param nodes the operations
 * @param outputs names of the values that leave the graph
 * @param metadata what travels with the model file (task, classes, image spec, provenance)
 */
public record ModelGraph(
    String name,
    String input,
    int height,
    int width,
    int channels,
    List<Node> nodes,
    List<String> outputs,
    Map<String, String> metadata) {

  /**
   * Checks that names are unique, that every value is written before it is read and that every
   * output exists.
   */
  public ModelGraph {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
    Set<String> values = new HashSet<>(Set.of(input));
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      require(names.add(node.name()), "two nodes are named " + node.name());
      for (String value : node.inputs()) {
        require(
            values.contains(value),
            node.name() + " reads " + value + ", which nothing before it writes");
      }
      for (String value : node.outputs()) {
        require(values.add(value), node.name() + " writes " + value + ", which exists already");
      }
    }
    for (String value : outputs) {
      require(values.contains(value), "the graph's output " + value + " is not written");
    }
  }

  /** The same graph with other nodes. */
  public ModelGraph withNodes(List<Node> other) {
    return new ModelGraph(name, input, height, width, channels, other, outputs, metadata);
  }

  /** The same graph with other metadata. */
  public ModelGraph withMetadata(Map<String, String> other) {
    return new ModelGraph(name, input, height, width, channels, nodes, outputs, other);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("not a model graph: " + message);
    }
  }
}

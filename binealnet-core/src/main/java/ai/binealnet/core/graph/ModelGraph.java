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
 * @param sizeMultiple 0 if pictures are of this size only; otherwise it takes pictures of any
 *     height and width that are multiples of this, and height and width are those of an example
 */
public record ModelGraph(
    String name,
    String input,
    int height,
    int width,
    int channels,
    List<Node> nodes,
    List<String> outputs,
    Map<String, String> metadata,
    int sizeMultiple) {

  /**
   * Checks that names are unique, that every value is written before it is read and that every
   * output exists.
   *
   * @throws UserError if it should take pictures of any size but averages over whole ones
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
    requireSizes(name, height, width, sizeMultiple);
    if (sizeMultiple > 0) {
      nodes.forEach(node -> requireAnySize(name, node));
    }
  }

  /** A graph for pictures of one size. */
  public ModelGraph(
      String name,
      String input,
      int height,
      int width,
      int channels,
      List<Node> nodes,
      List<String> outputs,
      Map<String, String> metadata) {
    this(name, input, height, width, channels, nodes, outputs, metadata, 0);
  }

  /** Whether height and width are free. */
  public boolean takesAnySize() {
    return sizeMultiple > 0;
  }

  /** The same graph with other nodes. */
  public ModelGraph withNodes(List<Node> other) {
    return new ModelGraph(
        name, input, height, width, channels, other, outputs, metadata, sizeMultiple);
  }

  /** The same graph with other metadata. */
  public ModelGraph withMetadata(Map<String, String> other) {
    return new ModelGraph(
        name, input, height, width, channels, nodes, outputs, other, sizeMultiple);
  }

  /**
   * The same graph for pictures of any height and width that are multiples of {@code multiple},
   * such as 1, or 32 where a network halves the resolution five times and enlarges it again.
   *
   * @throws UserError if it averages over whole pictures
   */
  public ModelGraph withAnySize(int multiple) {
    return new ModelGraph(name, input, height, width, channels, nodes, outputs, metadata, multiple);
  }

  /** The same graph, which takes pictures of any size, at another example. */
  public ModelGraph at(int otherHeight, int otherWidth) {
    return new ModelGraph(
        name, input, otherHeight, otherWidth, channels, nodes, outputs, metadata, sizeMultiple);
  }

  private static void requireSizes(String name, int height, int width, int multiple) {
    if (multiple < 0 || multiple > 0 && (height % multiple != 0 || width % multiple != 0)) {
      throw new IllegalArgumentException(
          "%s takes multiples of %d, its example is %d x %d"
              .formatted(name, multiple, height, width));
    }
  }

  private static void requireAnySize(String name, Node node) {
    if (node instanceof GlobalAveragePool || node instanceof PackedGlobalPool) {
      throw new UserError(
          "network " + name + " cannot take pictures of any size",
          "no layer that averages over the whole picture",
          node.name(),
          "give it a fixed size");
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("not a model graph: " + message);
    }
  }
}

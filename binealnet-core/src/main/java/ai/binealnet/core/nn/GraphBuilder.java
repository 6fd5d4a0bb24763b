package ai.binealnet.core.nn;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the nodes that layers emit. */
public final class GraphBuilder {
  private final List<Node> nodes = new ArrayList<>();

  /** Appends a node. */
  public void add(Node node) {
    nodes.add(node);
  }

  /** The graph from the pixels {@code image} to {@code outputs}. */
  public ModelGraph build(
      String name, Value image, List<Value> outputs, Map<String, String> metadata) {
    return new ModelGraph(
        name,
        image.name(),
        image.height(),
        image.width(),
        image.channels(),
        nodes,
        outputs.stream().map(Value::name).toList(),
        metadata);
  }
}

package ai.binealnet.core.nn;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the nodes that layers emit. */
public final class GraphBuilder {
  private final Value image;
  private final List<Node> nodes = new ArrayList<>();

  /** A graph that reads {@code image}. */
  public GraphBuilder(Value image) {
    this.image = image;
  }

  /** A graph that reads uint8 pixels of pictures. */
  public static GraphBuilder ofPictures(int height, int width, int channels) {
    return new GraphBuilder(new Value("image", height, width, channels));
  }

  /** Appends a node. */
  public void add(Node node) {
    nodes.add(node);
  }

  /** Appends {@code (x - mean) / std} of the pixels. */
  public Value normalize(float[] mean, float[] std) {
    add(new Normalize("normalize", image.name(), "normalize", mean, std));
    return image.named("normalize");
  }

  /** The graph from the pixels to {@code outputs}. */
  public ModelGraph build(String name, List<Value> outputs, Map<String, String> metadata) {
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

package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Upsample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes signs before up-sampling: the same bits from fewer numbers, and in the epilogue of whatever
 * made the coarse value.
 */
final class UpsampledSigns {
  private UpsampledSigns() {}

  /** The graph with every binarizer of an up-sampled value moved before the up-sampling. */
  static ModelGraph first(ModelGraph graph) {
    GraphView view = new GraphView(graph);
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Optional<Upsample> up =
          node instanceof Binarize b ? view.producer(b.input(), Upsample.class) : Optional.empty();
      if (up.isEmpty()) {
        nodes.add(node);
      } else {
        String coarse = node.outputs().get(0) + ".coarse";
        nodes.add(Rewire.node(node, up.get().input(), up.get().input(), coarse));
        nodes.add(
            new Upsample(
                node.name() + ".upsample", coarse, node.outputs().get(0), up.get().factor()));
      }
    }
    return graph.withNodes(nodes);
  }
}

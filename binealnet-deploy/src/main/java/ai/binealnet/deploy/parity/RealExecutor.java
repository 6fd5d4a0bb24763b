package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.deploy.parity.Activation.Pixels;
import ai.binealnet.deploy.parity.Activation.Real;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Computes an export graph that is not lowered, in float32: the definition of what is right. */
public final class RealExecutor implements Implementation {
  private final ModelGraph graph;

  /** An executor of {@code graph}, which must hold real-valued nodes only. */
  public RealExecutor(ModelGraph graph) {
    this.graph = graph;
  }

  @Override
  public String name() {
    return "float";
  }

  @Override
  public Map<String, Activation> run(Pixels images) {
    Map<String, Activation> values = new HashMap<>(Map.of(graph.input(), images));
    Map<String, Activation> written = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      Real y = compute(node, values);
      values.put(node.outputs().get(0), y);
      written.put(node.outputs().get(0), y);
    }
    return written;
  }

  /** Computes one real-valued node. */
  static Real compute(Node node, Map<String, Activation> values) {
    Activation x = values.get(node.inputs().get(0));
    switch (node.op()) {
      case NORMALIZE:
        return RealOps.normalize((Normalize) node, (Pixels) x);
      case CONV2D:
        return RealProducts.conv2d((Conv2d) node, (Real) x);
      case LINEAR:
        return RealProducts.linear((Linear) node, (Real) x);
      case ADD:
        return RealOps.add((Real) x, (Real) values.get(((Add) node).right()));
      default:
        return RealOps.apply(node, (Real) x);
    }
  }
}

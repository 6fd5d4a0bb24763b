package ai.binealnet.deploy.onnx;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.UnpackBits;
import ai.binealnet.deploy.lower.GraphView;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.lower.ValueType.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells which real images are written NHWC: those that come so from an operator of the project's
 * domain and that only sums, enlarging and the graph's end read. All others are NCHW, as standard
 * operators want them.
 */
final class Layouts {
  private final GraphView view;
  private final Set<String> channelsLast = new HashSet<>();

  Layouts(ModelGraph graph, Map<String, ValueType> types) {
    view = new GraphView(graph);
    for (Node node : graph.nodes()) {
      String value = node.outputs().get(0);
      if (types.get(value).kind() == Kind.REAL && comesChannelsLast(node)) {
        channelsLast.add(value);
      }
    }
    while (channelsLast.removeIf(value -> !isReadChannelsLast(value) || !isWritten(value))) {
      // What reads or is read by a value that is NCHW after all is NCHW, too.
    }
  }

  private boolean comesChannelsLast(Node node) {
    boolean packed =
        node instanceof PackedConv2d || node instanceof ByteConv2d || node instanceof UnpackBits;
    return packed || isEitherWay(node) && channelsLast.containsAll(node.inputs());
  }

  /** Whether a node can be written for both layouts. */
  private static boolean isEitherWay(Node node) {
    return node instanceof Add || node instanceof DepthToSpace;
  }

  private boolean isReadChannelsLast(String value) {
    return view.consumers(value).stream()
        .allMatch(node -> isEitherWay(node) && channelsLast.containsAll(node.outputs()));
  }

  private boolean isWritten(String value) {
    Node node = view.producer(value);
    return !isEitherWay(node) || channelsLast.containsAll(node.inputs());
  }

  /** Whether a real image is NHWC. */
  boolean isChannelsLast(String value) {
    return channelsLast.contains(value);
  }
}

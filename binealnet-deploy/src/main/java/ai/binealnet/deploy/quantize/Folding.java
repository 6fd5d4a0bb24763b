package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.deploy.lower.GraphView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a real-valued graph into {@link Step}s: norms into weights, ReLUs into saturation. */
public final class Folding {
  private static final int MAX_PIXEL = 255;

  private final GraphView view;
  private final Set<String> folded = new HashSet<>();

  private Folding(ModelGraph graph) {
    view = new GraphView(graph);
  }

  /** The steps of a graph that is not lowered, in its order. */
  public static List<Step> fold(ModelGraph graph) {
    Folding folding = new Folding(graph);
    List<Step> steps = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!folding.folded.contains(node.name())) {
        steps.add(folding.step(node));
      }
    }
    return List.copyOf(steps);
  }

  private Step step(Node node) {
    return switch (node.op()) {
      case NORMALIZE -> normalize((Normalize) node);
      case CONV2D -> conv((Conv2d) node);
      case LINEAR -> linear((Linear) node);
      case ADD -> {
        String output = node.outputs().get(0);
        String last = relu(output);
        yield new Step.Sum((Add) node, !last.equals(output), last);
      }
      case MAX_POOL, AVERAGE_POOL, GLOBAL_AVERAGE_POOL -> new Step.Pool(node);
      case UPSAMPLE, DEPTH_TO_SPACE -> new Step.Move(node);
      case AFFINE -> new Step.Real(node, "it follows no convolution that it could be folded into");
      case PRELU -> new Step.Real(node, "runtimes have no 8-bit PReLU with a slope per channel");
      default -> new Step.Real(node, "it is no operator of 8-bit networks");
    };
  }

  private static Step normalize(Normalize node) {
    float mean = node.mean()[0];
    float std = node.std()[0];
    boolean uniform = mean == Math.rint(mean) && mean >= 0 && mean <= MAX_PIXEL;
    for (int c = 1; c < node.mean().length; c++) {
      uniform &= node.mean()[c] == mean && node.std()[c] == std;
    }
    return uniform
        ? new Step.Pixels(node, new UInt8Scale(1f / std, (int) mean))
        : new Step.Real(
            node,
            "mean and std are not the same for all channels, or the mean is no integer in 0..255");
  }

  private Step conv(Conv2d conv) {
    if (conv.binaryInput()) {
      return new Step.Real(conv, "it reads signs and is padded with +1, not with 0");
    }
    float[] weights = conv.weights();
    float[] bias = new float[conv.outputChannels()];
    String output = conv.output();
    Optional<Affine> norm = follower(output, Affine.class);
    if (norm.isPresent()) {
      weights = scaled(weights, norm.get().scale());
      bias = norm.get().shift();
      output = vanish(norm.get());
    }
    String last = relu(output);
    return new Step.Product(conv, weights, bias, !last.equals(output), last);
  }

  private Step linear(Linear node) {
    String last = relu(node.output());
    return new Step.Product(node, node.weights(), node.bias(), !last.equals(node.output()), last);
  }

  private static float[] scaled(float[] weights, float[] scale) {
    int length = weights.length / scale.length;
    float[] product = new float[weights.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = weights[i] * scale[i / length];
    }
    return product;
  }

  /** What a ReLU behind {@code value} writes, or {@code value} if there is none. */
  private String relu(String value) {
    return follower(value, PRelu.class).filter(Folding::isRelu).map(this::vanish).orElse(value);
  }

  private static boolean isRelu(PRelu node) {
    for (float slope : node.slope()) {
      if (slope != 0) {
        return false;
      }
    }
    return true;
  }

  /** The only reader of a value that does not leave the graph, if it is of a type. */
  private <T extends Node> Optional<T> follower(String value, Class<T> type) {
    return view.isPrivate(value)
        ? Optional.of(view.consumers(value).get(0)).filter(type::isInstance).map(type::cast)
        : Optional.empty();
  }

  private String vanish(Node node) {
    folded.add(node.name());
    return node.outputs().get(0);
  }
}

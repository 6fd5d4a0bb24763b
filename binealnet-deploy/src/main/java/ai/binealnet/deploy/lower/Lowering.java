package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.UserError;
import java.util.List;

/**
 * Lowers an export graph: binary convolutions read and write packed bits, normalisation and
 * activation become thresholds on their integer sums, 8-bit streams are added and clipped in the
 * convolution's epilogue. Every result stays the same bit for bit.
 */
public final class Lowering {
  private Lowering() {}

  /**
   * Lowers a graph. Nodes that nothing reads vanish.
   *
   * @throws UserError if some weight is NaN or infinite
   */
  public static Lowered lower(ModelGraph graph) {
    graph.nodes().forEach(Lowering::requireFinite);
    LoweringPass pass = new LoweringPass(UpsampledSigns.first(graph));
    ModelGraph lowered = graph.withNodes(pass.nodes());
    return new Lowered(lowered, LayerReports.of(lowered, pass.reasons()), pass.scales());
  }

  private static void requireFinite(Node node) {
    for (float[] values : parameters(node)) {
      for (float value : values) {
        if (!Float.isFinite(value)) {
          throw new UserError(
              "cannot export layer " + node.name(),
              "finite parameters",
              Float.toString(value),
              "the training has diverged: export an earlier checkpoint, or train with a lower rate");
        }
      }
    }
  }

  private static List<float[]> parameters(Node node) {
    return switch (node.op()) {
      case CONV2D -> List.of(((Conv2d) node).weights());
      case LINEAR -> List.of(((Linear) node).weights(), ((Linear) node).bias());
      case AFFINE -> List.of(((Affine) node).scale(), ((Affine) node).shift());
      case PRELU -> List.of(((PRelu) node).slope());
      case BINARIZE ->
          List.of(((Binarize) node).b0(), ((Binarize) node).tau(), ((Binarize) node).b1());
      default -> List.of();
    };
  }
}

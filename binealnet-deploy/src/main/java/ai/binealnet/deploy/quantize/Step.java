package ai.binealnet.deploy.quantize;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import java.util.List;

/**
 * What becomes one operator of an 8-bit runtime: a node of the graph with what can be folded into
 * it.
 */
public sealed interface Step {
  /** The node, the first of those that were folded. */
  Node node();

  /** The name of the layer it is reported under. */
  default String name() {
    return node().name();
  }

  /** Names of the values read. */
  default List<String> inputs() {
    return node().inputs();
  }

  /** Name of the value written. */
  default String output() {
    return node().outputs().get(0);
  }

  /** Whether the result cannot be negative because of a ReLU, which saturation at 0 then does. */
  default boolean relu() {
    return false;
  }

  /**
   * Pixels, normalised by a scale and a zero point alone: nothing to compute.
   *
   * @param node the normalisation
   * @param scale what a pixel stands for
   */
  record Pixels(Normalize node, UInt8Scale scale) implements Step {}

  /**
   * A convolution or fully connected layer, a batch norm behind it folded into weights and bias.
   *
   * @param node the {@code Conv2d} or {@code Linear}
   * @param weights as the node's, times the norm's scale
   * @param bias one per output channel
   * @param relu whether a ReLU follows
   * @param output what the last of the folded nodes writes
   */
  record Product(Node node, float[] weights, float[] bias, boolean relu, String output)
      implements Step {}

  /**
   * A sum.
   *
   * @param node the sum
   * @param relu whether a ReLU follows
   * @param output what the last of the folded nodes writes
   */
  record Sum(Add node, boolean relu, String output) implements Step {}

  /**
   * A maximum, average or global average.
   *
   * @param node the pooling
   */
  record Pool(Node node) implements Step {}

  /**
   * An enlarging, which moves numbers and computes none: it works on the integers themselves.
   *
   * @param node the up-sampling
   */
  record Move(Node node) implements Step {}

  /**
   * What stays in float32.
   *
   * @param node the node
   * @param reason why
   */
  record Real(Node node, String reason) implements Step {}
}

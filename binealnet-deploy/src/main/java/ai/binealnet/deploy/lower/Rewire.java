package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.Upsample;

/** The same real-valued node between other values. */
final class Rewire {
  private Rewire() {}

  /**
   * Copies a node that reads {@code a} (and, for a sum, {@code b}) and writes {@code output}.
   *
   * @throws IllegalArgumentException for a node that is lowered already
   */
  static Node node(Node node, String a, String b, String output) {
    String name = node.name();
    switch (node.op()) {
      case NORMALIZE:
        Normalize normalize = (Normalize) node;
        return new Normalize(name, a, output, normalize.mean(), normalize.std());
      case CONV2D:
        return conv((Conv2d) node, a, output);
      case AFFINE:
        Affine affine = (Affine) node;
        return new Affine(name, a, output, affine.scale(), affine.shift());
      case BINARIZE:
        Binarize sign = (Binarize) node;
        return new Binarize(name, a, output, sign.b0(), sign.tau(), sign.b1());
      case PRELU:
        return new PRelu(name, a, output, ((PRelu) node).slope());
      case ADD:
        return new Add(name, a, b, output);
      case QUANTIZE:
        Quantize quantize = (Quantize) node;
        return new Quantize(name, a, output, quantize.scale(), quantize.min(), quantize.max());
      case AVERAGE_POOL:
        return new AveragePool(name, a, output, ((AveragePool) node).size());
      case MAX_POOL:
        return new MaxPool(name, a, output, ((MaxPool) node).geometry());
      case GLOBAL_AVERAGE_POOL:
        return new GlobalAveragePool(name, a, output, ((GlobalAveragePool) node).factor());
      case UPSAMPLE:
        return new Upsample(name, a, output, ((Upsample) node).factor());
      case DEPTH_TO_SPACE:
        return new DepthToSpace(name, a, output, ((DepthToSpace) node).factor());
      case LINEAR:
        return linear((Linear) node, a, output);
      default:
        throw new IllegalArgumentException(name + " is lowered already: " + node.op());
    }
  }

  private static Node conv(Conv2d node, String input, String output) {
    return new Conv2d(
        node.name(),
        input,
        output,
        node.geometry(),
        node.inputChannels(),
        node.outputChannels(),
        node.weights(),
        node.weightType(),
        node.binaryInput());
  }

  private static Node linear(Linear node, String input, String output) {
    return new Linear(
        node.name(),
        input,
        output,
        node.inputFeatures(),
        node.outputFeatures(),
        node.weights(),
        node.bias(),
        node.weightType());
  }
}

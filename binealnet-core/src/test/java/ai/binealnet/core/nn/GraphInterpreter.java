package ai.binealnet.core.nn;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Precision;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Computes the values of an export graph with the training kernels, to compare them with the
 * network's own.
 */
public final class GraphInterpreter {
  private static final Kernels KERNELS = new CpuKernels(2);

  private final Map<String, Tensor> values = new HashMap<>();

  private GraphInterpreter() {}

  /** All values of {@code graph} by name, its input being {@code x}. */
  public static Map<String, Tensor> run(ModelGraph graph, Tensor x) {
    GraphInterpreter interpreter = new GraphInterpreter();
    interpreter.values.put(graph.input(), x);
    for (Node node : graph.nodes()) {
      interpreter.values.put(node.outputs().get(0), interpreter.compute(node));
    }
    return interpreter.values;
  }

  private Tensor compute(Node node) {
    Tensor x = values.get(node.inputs().get(0));
    Shape s = x.shape();
    Tensor same = Tensor.create(s);
    switch (node.op()) {
      case AFFINE ->
          KERNELS.affine(x, vector(((Affine) node).scale()), vector(((Affine) node).shift()), same);
      case BINARIZE -> {
        Binarize b = (Binarize) node;
        KERNELS.binarize(x, vector(b.b0()), vector(b.tau()), vector(b.b1()), same);
      }
      case PRELU -> KERNELS.prelu(x, vector(((ai.binealnet.core.graph.PRelu) node).slope()), same);
      case ADD -> KERNELS.add(x, values.get(((Add) node).inputs().get(1)), same);
      case QUANTIZE -> {
        Quantize q = (Quantize) node;
        KERNELS.quantize(x, q.scale(), q.min(), q.max(), same);
      }
      case AVERAGE_POOL -> {
        int size = ((AveragePool) node).size();
        same = Tensor.create(Shape.of(s.dim(0), s.dim(1) / size, s.dim(2) / size, s.dim(3)));
        KERNELS.averagePool(x, size, same);
      }
      case MAX_POOL -> {
        same = Tensor.create(windows(s, ((MaxPool) node).geometry(), s.dim(3)));
        KERNELS.maxPool(x, ((MaxPool) node).geometry(), same);
      }
      case GLOBAL_AVERAGE_POOL -> {
        same = Tensor.create(Shape.of(s.dim(0), s.dim(3)));
        KERNELS.globalPool(x, ((GlobalAveragePool) node).factor(), same);
      }
      case UPSAMPLE -> {
        int factor = ((ai.binealnet.core.graph.Upsample) node).factor();
        same = Tensor.create(enlarged(s, factor, s.dim(3)));
        KERNELS.upsample(x, factor, same);
      }
      case DEPTH_TO_SPACE -> {
        int factor = ((ai.binealnet.core.graph.DepthToSpace) node).factor();
        same = Tensor.create(enlarged(s, factor, s.dim(3) / (factor * factor)));
        KERNELS.depthToSpace(x, factor, same);
      }
      case CONV2D -> same = convolve(x, (ai.binealnet.core.graph.Conv2d) node);
      case LINEAR -> {
        var l = (ai.binealnet.core.graph.Linear) node;
        same = Tensor.create(Shape.of(s.dim(0), l.bias().length));
        KERNELS.linear(
            x, Tensor.of(Shape.of(l.bias().length, s.dim(1)), l.weights()), vector(l.bias()), same);
      }
      default -> throw new AssertionError("a layer emitted " + node.op());
    }
    return same;
  }

  private static Tensor convolve(Tensor x, ai.binealnet.core.graph.Conv2d node) {
    ConvGeometry g = node.geometry();
    int taps = g.taps() * node.inputChannels();
    Tensor weights =
        Tensor.create(
            Shape.of(
                g.kernelHeight(), g.kernelWidth(), node.inputChannels(), node.outputChannels()));
    for (int i = 0; i < node.weights().length; i++) { // [O,kh,kw,I] to [kh,kw,I,O]
      weights.set(i % taps * node.outputChannels() + i / taps, node.weights()[i]);
    }
    Tensor y = Tensor.create(windows(x.shape(), g, node.outputChannels()));
    KERNELS.convolve(x, weights, y, g, node.binaryInput() ? 1 : 0, Precision.FLOAT32);
    return y;
  }

  private static Shape windows(Shape x, ConvGeometry geometry, int channels) {
    return Shape.of(
        x.dim(0), geometry.outputHeight(x.dim(1)), geometry.outputWidth(x.dim(2)), channels);
  }

  private static Shape enlarged(Shape x, int factor, int channels) {
    return Shape.of(x.dim(0), x.dim(1) * factor, x.dim(2) * factor, channels);
  }

  private static Tensor vector(float[] values) {
    return Tensor.of(Shape.of(values.length), values);
  }
}

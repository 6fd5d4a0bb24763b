package ai.binealnet.core.nn;

import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Nodes that several layers emit. */
final class Emit {
  private Emit() {}

  /** A convolution node; weights come as [kh,kw,I,O] and leave as [O,kh,kw,I]. */
  static Value convolution(
      GraphBuilder graph,
      String name,
      Value x,
      ConvGeometry geometry,
      Tensor weights,
      WeightType type,
      boolean binaryInput) {
    int in = weights.shape().dim(2);
    int out = weights.shape().dim(3);
    graph.add(
        new ai.binealnet.core.graph.Conv2d(
            name, x.name(), name, geometry, in, out, outputFirst(weights), type, binaryInput));
    return new Value(name, geometry.outputHeight(x.height()), geometry.outputWidth(x.width()), out);
  }

  /** A per-channel affine node. */
  static Value affine(GraphBuilder graph, String name, Value x, float[] scale, float[] shift) {
    graph.add(new Affine(name, x.name(), name, scale, shift));
    return x.named(name);
  }

  private static float[] outputFirst(Tensor weights) {
    Shape shape = weights.shape();
    int out = shape.channels();
    int rest = shape.rows();
    float[] source = weights.toArray();
    float[] target = new float[source.length];
    for (int i = 0; i < rest; i++) {
      for (int o = 0; o < out; o++) {
        target[o * rest + i] = source[i * out + o];
      }
    }
    return target;
  }
}

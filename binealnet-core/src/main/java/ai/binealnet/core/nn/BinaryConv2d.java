package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Convolution;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.AlphaShape;
import ai.binealnet.core.binary.OutputScale;
import ai.binealnet.core.binary.WeightBinarizer;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolution with binary weights (BiNealNet, Nie et al., 2022). In evaluation the exact integer
 * accumulator is computed on +1 and -1 first and scaled afterwards.
 */
public final class BinaryConv2d implements Layer {
  private static final float SMALLEST_FACTOR = 1e-3f;

  private final String name;
  private final ConvGeometry geometry;
  private final ScalePosition scale;
  private final boolean binaryInput;
  private final float gain;
  private final Parameter weight;
  private final Parameter alpha;
  private final Parameter lambda;
  private final Parameter k;

  /**
   * A binary convolution from {@code in} to {@code out} channels.
   *
   * @param binaryInput whether it reads +1 and -1, so that the padding is +1
   */
  public BinaryConv2d(
      String name,
      int in,
      int out,
      ConvGeometry geometry,
      AlphaShape alphaShape,
      ScalePosition scale,
      boolean binaryInput,
      Initializer init) {
    this.name = name;
    this.geometry = geometry;
    this.scale = scale;
    this.binaryInput = binaryInput;
    Shape shape = Shape.of(geometry.kernelHeight(), geometry.kernelWidth(), in, out);
    int fanIn = geometry.taps() * in;
    gain =
        scale == ScalePosition.NONE
            ? (float) Math.sqrt(fanIn / 2.0)
            : 1; // 1 / deviation of the weights below
    weight = new Parameter(name + ".weight", Parameter.Role.BINARY_WEIGHT, init.he(shape, fanIn));
    alpha = factor("alpha", Initializer.constant(alphaShape.of(shape), 1));
    lambda = factor("lambda", Tensor.create(Shape.of(out)).set(meanMagnitudes(weight.value())));
    k = factor("k", Initializer.constant(Shape.of(1), 1));
  }

  private Parameter factor(String suffix, Tensor value) {
    return new Parameter(name + "." + suffix, Parameter.Role.SCALE, value, SMALLEST_FACTOR);
  }

  private static float[] meanMagnitudes(Tensor weights) {
    float[] w = weights.toArray();
    int out = weights.shape().channels();
    float[] mean = new float[out];
    for (int i = 0; i < w.length; i++) {
      mean[i % out] += Math.abs(w[i]) / weights.shape().rows();
    }
    return mean;
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    boolean scaledWeights = scale == ScalePosition.BEFORE && tape.isTraining();
    Variable w =
        scaledWeights
            ? WeightBinarizer.binarizeScaled(tape, weight, alpha, lambda, k)
            : WeightBinarizer.binarize(tape, weight, alpha, gain);
    boolean signs = binaryInput && !scaledWeights;
    Variable y = Convolution.conv2d(tape, x, w, geometry, binaryInput ? 1 : 0, signs);
    return scale == ScalePosition.NONE || scaledWeights ? y : OutputScale.apply(tape, y, lambda, k);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Tensor signs = Tensor.create(weight.shape());
    ExportKernels.INSTANCE.binarizeWeights(weight.value(), null, signs);
    Value y = Emit.convolution(graph, name, x, geometry, signs, WeightType.BINARY, binaryInput);
    return scale == ScalePosition.NONE
        ? y
        : Emit.affine(
            graph, name + ".scale", y, OutputScale.product(lambda, k), new float[y.channels()]);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(weight, alpha));
    if (scale != ScalePosition.NONE) {
      parameters.addAll(List.of(lambda, k));
    }
    return parameters;
  }
}

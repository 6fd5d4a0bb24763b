package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Convolution;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.EightBitWeights;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;

/** Convolution with real or 8-bit weights and without bias (a normalisation follows). */
public final class Conv2d implements Layer {
  private final String name;
  private final ConvGeometry geometry;
  private final WeightType type;
  private final boolean binaryInput;
  private final Parameter weight;

  /**
   * A convolution from {@code in} to {@code out} channels.
   *
   * @param type {@link WeightType#FLOAT} or {@link WeightType#INT8}
   * @param binaryInput whether it reads +1 and -1, so that the padding is +1
   */
  public Conv2d(
      String name,
      int in,
      int out,
      ConvGeometry geometry,
      WeightType type,
      boolean binaryInput,
      Initializer init) {
    this(
        name,
        geometry,
        type,
        binaryInput,
        new Parameter(
            name + ".weight",
            Parameter.Role.WEIGHT,
            init.he(
                Shape.of(geometry.kernelHeight(), geometry.kernelWidth(), in, out),
                geometry.taps() * in)));
  }

  private Conv2d(
      String name, ConvGeometry geometry, WeightType type, boolean binaryInput, Parameter weight) {
    if (type == WeightType.BINARY) {
      throw new IllegalArgumentException(name + ": binary weights are BinaryConv2d's");
    }
    this.name = name;
    this.geometry = geometry;
    this.type = type;
    this.binaryInput = binaryInput;
    this.weight = weight;
  }

  /**
   * A convolution whose weights are given and stay, such as a filter known in closed form; it has
   * no parameters.
   *
   * @param weights [kh,kw,I,O]
   * @param type {@link WeightType#FLOAT} or {@link WeightType#INT8}
   */
  public static Conv2d of(String name, ConvGeometry geometry, WeightType type, Tensor weights) {
    return new Conv2d(
        name,
        geometry,
        type,
        false,
        new Parameter(name + ".weight", Parameter.Role.STATISTIC, weights));
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    Variable w = type == WeightType.INT8 ? EightBitWeights.quantize(tape, weight, 3) : weight;
    return Convolution.conv2d(tape, x, w, geometry, binaryInput ? 1 : 0, false);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Tensor w = weight.value();
    if (type == WeightType.INT8) {
      w = Tensor.create(w.shape());
      ExportKernels.INSTANCE.quantizeWeights(weight.value(), 3, w);
    }
    return Emit.convolution(graph, name, x, geometry, w, type, binaryInput);
  }

  @Override
  public List<Parameter> parameters() {
    return weight.isTrained() ? List.of(weight) : List.of();
  }
}

package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.FullyConnected;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.EightBitWeights;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;

/** Fully connected layer with bias, real or 8-bit weights [O,C]. */
public final class Linear implements Layer {
  private final String name;
  private final WeightType type;
  private final Parameter weight;
  private final Parameter bias;

  /** A layer from {@code in} to {@code out} features; {@code type} is FLOAT or INT8. */
  public Linear(String name, int in, int out, WeightType type, Initializer init) {
    this.name = name;
    this.type = type;
    weight =
        new Parameter(
            name + ".weight",
            Parameter.Role.WEIGHT,
            init.normal(Shape.of(out, in), Math.sqrt(1.0 / in)));
    bias =
        new Parameter(name + ".bias", Parameter.Role.NORM, Initializer.constant(Shape.of(out), 0));
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    Variable w = type == WeightType.INT8 ? EightBitWeights.quantize(tape, weight, 0) : weight;
    return tape.observe(name, FullyConnected.linear(tape, x, w, bias));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Tensor w = weight.value();
    if (type == WeightType.INT8) {
      w = Tensor.create(weight.shape());
      ExportKernels.INSTANCE.quantizeWeights(weight.value(), 0, w);
    }
    int out = weight.shape().dim(0);
    graph.add(
        new ai.binealnet.core.graph.Linear(
            name, x.name(), name, x.channels(), out, w.toArray(), bias.value().toArray(), type));
    return new Value(name, 1, 1, out);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}

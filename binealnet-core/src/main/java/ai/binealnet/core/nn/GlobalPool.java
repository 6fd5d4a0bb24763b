package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Pooling;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.GlobalAveragePool;
import java.util.List;

/**
 * Average over height and width, up to a power of two: the sum is divided by the smallest power of
 * two not below the number of pixels, which is exact; the constant that is missing is absorbed by
 * the layer that follows.
 *
 * @param name unique name
 */
public record GlobalPool(String name) implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    return Pooling.global(tape, x, Pooling.powerOfTwoAverage(x.shape().dim(1), x.shape().dim(2)));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    float factor = Pooling.powerOfTwoAverage(x.height(), x.width());
    graph.add(new GlobalAveragePool(name, x.name(), name, factor));
    return new Value(name, 1, 1, x.channels());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}

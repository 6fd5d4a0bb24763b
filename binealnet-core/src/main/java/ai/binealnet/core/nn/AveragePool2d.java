package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Pooling;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.AveragePool;
import java.util.List;

/**
 * Average over windows of {@code size x size} with stride {@code size}.
 *
 * @param name unique name
 * @param size side of the window, a power of two
 */
public record AveragePool2d(String name, int size) implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    return Pooling.average(tape, x, size);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(new AveragePool(name, x.name(), name, size));
    return new Value(name, x.height() / size, x.width() / size, x.channels());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}

package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Pooling;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.MaxPool;
import java.util.List;

/**
 * Maximum over windows; padding never wins.
 *
 * @param name unique name
 * @param geometry window, dilation 1
 */
public record MaxPool2d(String name, ConvGeometry geometry) implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    return tape.observe(name, Pooling.max(tape, x, geometry));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(new MaxPool(name, x.name(), name, geometry));
    return new Value(
        name, geometry.outputHeight(x.height()), geometry.outputWidth(x.width()), x.channels());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}

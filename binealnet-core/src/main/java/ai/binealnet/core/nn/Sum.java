package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Activation;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.Add;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sum of two branches of one input, {@code left(x) + right(x)}; an empty {@link Sequential} is
 * the identity.
 *
 * @param name unique name
 * @param left first branch
 * @param right second branch
 */
public record Sum(String name, Layer left, Layer right) implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    return Activation.add(tape, left.forward(tape, x), right.forward(tape, x));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Value a = left.emit(graph, x);
    Value b = right.emit(graph, x);
    graph.add(new Add(name, a.name(), b.name(), name));
    return a.named(name);
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(left.parameters().stream(), right.parameters().stream())
        .distinct()
        .toList();
  }
}

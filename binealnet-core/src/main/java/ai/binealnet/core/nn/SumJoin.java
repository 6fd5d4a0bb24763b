package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Activation;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.Add;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code tail(left(x) + right(other))}; an empty {@link Sequential} is the identity.
 *
 * @param name of the sum
 * @param left branch of the first input
 * @param right branch of the second input
 * @param tail what becomes of the sum
 */
public record SumJoin(String name, Layer left, Layer right, Layer tail) implements Join {
  @Override
  public Variable forward(Tape tape, Variable x, Variable other) {
    Variable sum = Activation.add(tape, left.forward(tape, x), right.forward(tape, other));
    return tail.forward(tape, sum);
  }

  @Override
  public Value emit(GraphBuilder graph, Value x, Value other) {
    Value a = left.emit(graph, x);
    Value b = right.emit(graph, other);
    graph.add(new Add(name, a.name(), b.name(), name));
    return tail.emit(graph, a.named(name));
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(left, right, tail)
        .flatMap(layer -> layer.parameters().stream())
        .distinct()
        .toList();
  }
}

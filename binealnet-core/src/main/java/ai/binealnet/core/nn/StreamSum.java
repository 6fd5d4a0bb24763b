package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.Add;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a branch joins the residual stream: {@code quantize(prelu(norm(branch(x)) + shortcut(x)))}.
 * The same as the layers one after the other, but normalisation and sum take one pass over the
 * memory, activation and quantizer another.
 *
 * @param name of the sum
 * @param branch up to its convolution
 * @param norm of the branch
 * @param shortcut an empty {@link Sequential} is the identity
 * @param prelu with a learned slope
 * @param output quantizer of the stream
 */
record StreamSum(
    String name, Layer branch, BatchNorm norm, Layer shortcut, PRelu prelu, Quantizer output)
    implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    Variable y = branch.forward(tape, x);
    Variable sum = norm.forward(tape, y, shortcut.forward(tape, x));
    return output.forward(tape, sum, prelu.slope());
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    Value y = norm.emit(graph, branch.emit(graph, x));
    Value addend = shortcut.emit(graph, x);
    graph.add(new Add(name, y.name(), addend.name(), name));
    return output.emit(graph, prelu.emit(graph, y.named(name)));
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(branch, norm, shortcut, prelu, output)
        .flatMap(layer -> layer.parameters().stream())
        .distinct()
        .toList();
  }
}

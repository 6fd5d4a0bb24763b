package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.Add;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where a branch of one value meets the residual stream of another: {@code
 * quantize(prelu(norm(branch(x)) + residual))}. The same as the layers one after the other, but
 * normalisation and sum take one pass over the memory, activation and quantizer another. A device
 * computes it in the branch's convolution, if the residual is a stream (up-sampled or not).
 *
 * @param name of the sum
 * @param branch up to its convolution
 * @param norm of the branch
 * @param prelu with a learned slope
 * @param output quantizer of the stream
 */
public record StreamJoin(String name, Layer branch, Norm norm, PRelu prelu, Quantizer output)
    implements Join {
  @Override
  public Variable forward(Tape tape, Variable x, Variable residual) {
    return forward(tape, x, () -> residual);
  }

  /** The same with a residual that is computed after the branch. */
  Variable forward(Tape tape, Variable x, Supplier<Variable> residual) {
    Variable y = branch.forward(tape, x);
    Variable sum = norm.forward(tape, y, residual.get());
    return output.forward(tape, sum, prelu.slope());
  }

  @Override
  public Value emit(GraphBuilder graph, Value x, Value residual) {
    return emit(graph, x, () -> residual);
  }

  /** The same with a residual that is emitted after the branch. */
  Value emit(GraphBuilder graph, Value x, Supplier<Value> residual) {
    Value y = norm.emit(graph, branch.emit(graph, x));
    graph.add(new Add(name, y.name(), residual.get().name(), name));
    return output.emit(graph, prelu.emit(graph, y.named(name)));
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(branch, norm, prelu, output)
        .flatMap(layer -> layer.parameters().stream())
        .distinct()
        .toList();
  }
}

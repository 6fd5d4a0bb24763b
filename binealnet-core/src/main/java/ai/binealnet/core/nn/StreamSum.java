package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a branch joins the residual stream that it starts from: {@code quantize(prelu(norm(
 * branch(x)) + shortcut(x)))}, in two passes over the memory as in {@link StreamJoin}.
 *
 * @param name of the sum
 * @param branch up to its convolution
 * @param norm of the branch
 * @param shortcut an empty {@link Sequential} is the identity
 * @param prelu with a learned slope
 * @param output quantizer of the stream
 */
public record StreamSum(
    String name, Layer branch, Norm norm, Layer shortcut, PRelu prelu, Quantizer output)
    implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    return join().forward(tape, x, () -> shortcut.forward(tape, x));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    return join().emit(graph, x, () -> shortcut.emit(graph, x));
  }

  private StreamJoin join() {
    return new StreamJoin(name, branch, norm, prelu, output);
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(branch, norm, shortcut, prelu, output)
        .flatMap(layer -> layer.parameters().stream())
        .distinct()
        .toList();
  }
}

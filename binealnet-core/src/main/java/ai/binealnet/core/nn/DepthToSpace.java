package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Resampling;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;

/**
 * Channels to pixels (sub-pixel convolution, Shi et al., 2016), [N,H,W,C factor^2] to [N,H factor,W
 * factor,C]; see {@link ai.binealnet.core.graph.DepthToSpace} for the order of the channels.
 *
 * @param name unique name
 * @param factor pixels that one becomes along each axis, at least 1
 */
public record DepthToSpace(String name, int factor) implements Layer {
  @Override
  public Variable forward(Tape tape, Variable x) {
    return tape.observe(name, Resampling.depthToSpace(tape, x, factor));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(new ai.binealnet.core.graph.DepthToSpace(name, x.name(), name, factor));
    return new Value(
        name, x.height() * factor, x.width() * factor, x.channels() / (factor * factor));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}

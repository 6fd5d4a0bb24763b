package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Resampling;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;

/**
 * Nearest-neighbour up-sampling, [N,H,W,C] to [N,H factor,W factor,C]. Bits stay bits and a
 * quantized stream stays one of the same scale, so that a device copies bytes.
 *
 * @param name unique name
 * @param factor copies of each pixel along each axis, at least 1
 */
public record Upsample(String name, int factor) implements Layer {
  /** Doubles height and width. */
  public Upsample(String name) {
    this(name, 2);
  }

  @Override
  public Variable forward(Tape tape, Variable x) {
    return tape.observe(name, Resampling.nearest(tape, x, factor));
  }

  @Override
  public Value emit(GraphBuilder graph, Value x) {
    graph.add(new ai.binealnet.core.graph.Upsample(name, x.name(), name, factor));
    return new Value(name, x.height() * factor, x.width() * factor, x.channels());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}

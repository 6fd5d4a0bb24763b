package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;

/** A part of a network with one input and one output. */
public interface Layer {
  /** Computes the layer's output for a batch, [N,H,W,C] or [N,C]. */
  Variable forward(Tape tape, Variable x);

  /**
   * Adds the layer's evaluation form to an export graph; its value must equal {@link #forward}'s in
   * evaluation.
   */
  Value emit(GraphBuilder graph, Value x);

  /** Everything that a checkpoint must keep, in a fixed order. */
  List<Parameter> parameters();
}

package ai.binealnet.core.nn;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import java.util.List;

/**
 * A part of a network with two inputs and one output, such as the place where a neck's up-sampled
 * value meets a finer stage of the backbone.
 */
public interface Join {
  /**
   * Computes the output for a batch.
   *
   * @param x [N,H,W,C]
   * @param other the second input, with the height and width of the output
   */
  Variable forward(Tape tape, Variable x, Variable other);

  /**
   * Adds the evaluation form to an export graph; its value must equal {@link #forward}'s in
   * evaluation.
   */
  Value emit(GraphBuilder graph, Value x, Value other);

  /** Everything that a checkpoint must keep, in a fixed order. */
  List<Parameter> parameters();
}

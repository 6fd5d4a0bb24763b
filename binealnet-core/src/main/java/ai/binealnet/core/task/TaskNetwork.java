package ai.binealnet.core.task;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.ModelGraph;
import java.util.List;
import java.util.Map;

/**
 * The network of a task. Parameters of the backbone are named {@code stem.…} and {@code stage…}, so
 * that other tasks can start from them.
 */
public interface TaskNetwork {
  /** All parameters and statistics. */
  List<Parameter> parameters();

  /**
   * Sends a batch through the network.
   *
   * @param images normalised pictures [N,H,W,C]
   * @return the raw outputs, of a type of the task's own
   */
  Object forward(Tape tape, Variable images);

  /**
   * The evaluation form, from uint8 pixels to the raw outputs that the task decodes.
   *
   * @param metadata what travels with the model file
   */
  ModelGraph graph(Map<String, String> metadata);
}

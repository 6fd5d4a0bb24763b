package ai.binealnet.core.task;

import java.nio.file.Path;
import java.util.List;

/**
 * A vision task: one constant of each task module.
 *
 * @param <C> its configuration
 * @param <D> its data
 * @param <N> its network
 */
public interface TaskDefinition<C extends TaskConfig, D extends TaskData, N extends TaskNetwork> {
  /** Its name, such as {@code classify}. */
  String name();

  /** The figure that networks are compared by, such as {@code top1}; larger is better. */
  String mainMetric();

  /** The configuration that files and arguments change. */
  C defaults();

  /**
   * Opens a data folder.
   *
   * @throws ai.binealnet.core.graph.UserError if it is missing or damaged
   */
  D open(Path data);

  /**
   * A network with fresh weights, decided by the recipe's seed.
   *
   * @param classes names in the order of the labels
   * @throws IllegalArgumentException if the configuration names no network that exists
   */
  N network(C config, List<String> classes);

  /**
   * A network on its data, to judge it.
   *
   * @throws ai.binealnet.core.graph.UserError if they do not fit
   */
  TaskRun<?> run(C config, D data, N network);

  /**
   * A network on its data that learns from another one too.
   *
   * @param teacher a trained network
   * @throws UnsupportedOperationException if the task knows no teachers; its configuration refuses
   *     recipes that have one
   */
  default TaskRun<?> student(C config, D data, N network, N teacher) {
    throw new UnsupportedOperationException(name() + " knows no teachers");
  }
}

package ai.binealnet.core.task;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A vision task: one constant of each task module.
 *
 * @param name its name, such as {@code classify}
 * @param mainMetric the figure that networks are compared by, such as {@code top1}; larger is
 *     better
 * @param defaults the configuration that files and arguments change
 * @param reader see {@link #open}
 * @param builder a network with fresh weights, decided by the recipe's seed, for the names of its
 *     classes in the order of the labels; throws {@link IllegalArgumentException} if the
 *     configuration names no network that exists
 * @param runner see {@link Runner}
 * @param student see {@link Student}; null if the task knows no teachers, and then its
 *     configuration refuses recipes that have one
 * @param <C> its configuration
 * @param <D> its data
 * @param <N> its network
 */
public record TaskDefinition<C extends TaskConfig, D extends TaskData, N extends TaskNetwork>(
    String name,
    String mainMetric,
    C defaults,
    Function<Path, D> reader,
    BiFunction<C, List<String>, N> builder,
    Runner<C, D, N> runner,
    Student<C, D, N> student) {
  /** Puts a network on its data. */
  @FunctionalInterface
  public interface Runner<C, D, N> {
    /**
     * A network on its data, to train or judge it.
     *
     * @throws ai.binealnet.core.graph.UserError if they do not fit
     */
    TaskRun<?> run(C config, D data, N network);
  }

  /** Puts a network on its data that learns from another one too. */
  @FunctionalInterface
  public interface Student<C, D, N> {
    /**
     * A network on its data with a teacher.
     *
     * @param teacher a trained network
     * @throws ai.binealnet.core.graph.UserError if they do not fit
     */
    TaskRun<?> run(C config, D data, N network, N teacher);
  }

  /**
   * Opens a data folder.
   *
   * @throws ai.binealnet.core.graph.UserError if it is missing or damaged
   */
  public D open(Path data) {
    return reader.apply(data);
  }
}

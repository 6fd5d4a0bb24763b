package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.core.graph.UserError;
import java.util.List;

/** The tasks that there are, and those that are still to come. */
final class Tasks {
  private static final List<String> LATER = List.of("detect", "segment", "superres", "match");

  private Tasks() {}

  /**
   * Accepts {@code classify}.
   *
   * @throws UserError for anything else
   */
  static void requireClassify(String task) {
    if (!Classify.TASK.name().equals(task)) {
      boolean later = LATER.contains(task);
      throw new UserError(
          later ? "the task " + task + " comes with a later version" : "there is no task " + task,
          Classify.TASK.name(),
          task,
          "use " + Classify.TASK.name() + " for now");
    }
  }
}

package ai.binealnet.core.task;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.DistillationConfig;
import ai.binealnet.core.train.RunInfo;
import java.nio.file.Path;
import java.util.List;

/** Finds the network that a recipe names as teacher. */
final class Teachers {
  private Teachers() {}

  /**
   * The teacher of a training that starts.
   *
   * @param classes of the data
   * @return null if the recipe has none
   * @throws UserError if it is no run, or does not fit the student's classes and input
   */
  static <C extends TaskConfig, N extends TaskNetwork> TrainedNetwork<C, N> first(
      Runs<C, ?, N> runs, C student, List<String> classes) {
    return load(runs, student, classes, student.training().distillation());
  }

  /**
   * The teacher that a training was started with.
   *
   * @return null if it had none
   * @throws UserError if it has changed since
   */
  static <C extends TaskConfig, N extends TaskNetwork> TrainedNetwork<C, N> again(
      Runs<C, ?, N> runs, C student, RunInfo info) {
    DistillationConfig config = student.training().distillation();
    TrainedNetwork<C, N> teacher =
        load(
            runs,
            student,
            info.classes(),
            config.enabled() ? config.withTeacher(info.teacher()) : config);
    if (teacher != null && !teacher.weights().equals(info.teacherWeights())) {
      throw new UserError(
          "cannot resume: the teacher is not what it was",
          "weights " + info.teacherWeights(),
          teacher.weights(),
          "restore the run " + info.teacher() + " or start a new run");
    }
    return teacher;
  }

  private static <C extends TaskConfig, N extends TaskNetwork> TrainedNetwork<C, N> load(
      Runs<C, ?, N> runs, C student, List<String> classes, DistillationConfig config) {
    if (!config.enabled()) {
      return null;
    }
    TrainedNetwork<C, N> teacher = runs.load(Path.of(config.teacher()));
    if (!teacher.info().classes().equals(classes)) {
      throw unfit(config, "the classes " + classes, teacher.info().classes().toString());
    }
    if (!teacher.config().input().equals(student.input())) {
      throw unfit(config, student.input().toString(), teacher.config().input().toString());
    }
    return teacher;
  }

  private static UserError unfit(DistillationConfig config, String expected, String actual) {
    return new UserError(
        "the teacher " + config.teacher() + " does not fit the network to train",
        expected,
        actual,
        "train a teacher on the same data with the same section input");
  }
}

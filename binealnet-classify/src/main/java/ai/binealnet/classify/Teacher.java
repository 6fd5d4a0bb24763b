package ai.binealnet.classify;

import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Distillation;
import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TeacherInfo;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.DistillationConfig;
import ai.binealnet.core.train.RunInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained classifier that another one learns from. It sees the very pictures that the student
 * sees, in evaluation mode, and is not changed.
 */
final class Teacher {
  private final DistillationConfig config;
  private final TrainedNetwork<ClassifyConfig, Classifier> trained;
  private final TensorPool pool = new TensorPool();

  private Teacher(DistillationConfig config, TrainedNetwork<ClassifyConfig, Classifier> trained) {
    this.config = config;
    this.trained = trained;
  }

  /**
   * Loads the teacher of a recipe.
   *
   * @return null if the recipe has none
   * @throws UserError if it is no run, or does not fit the student's classes and input
   */
  static Teacher load(DistillationConfig config, List<String> classes, ImageSpec input) {
    if (!config.enabled()) {
      return null;
    }
    TrainedNetwork<ClassifyConfig, Classifier> trained =
        Classify.RUNS.load(Path.of(config.teacher()));
    if (!trained.info().classes().equals(classes)) {
      throw unfit(config, "the classes " + classes, trained.info().classes().toString());
    }
    if (!trained.config().input().equals(input)) {
      throw unfit(config, input.toString(), trained.config().input().toString());
    }
    return new Teacher(config, trained);
  }

  private static UserError unfit(DistillationConfig config, String expected, String actual) {
    return new UserError(
        "the teacher " + config.teacher() + " does not fit the network to train",
        expected,
        actual,
        "train a teacher on the same data with the same section input");
  }

  /**
   * Loads the teacher that a run was started with.
   *
   * @return null if it had none
   * @throws UserError if the teacher has changed since
   */
  static Teacher again(ClassifyConfig student, RunInfo info) {
    DistillationConfig config = student.training().distillation();
    if (!config.enabled()) {
      return null;
    }
    Teacher teacher = load(config.withTeacher(info.teacher()), info.classes(), student.input());
    if (!teacher.trained.weights().equals(info.teacherWeights())) {
      throw new UserError(
          "cannot resume: the teacher is not what it was",
          "weights " + info.teacherWeights(),
          teacher.trained.weights(),
          "restore the run " + info.teacher() + " or start a new run");
    }
    return teacher;
  }

  TeacherInfo info() {
    return new TeacherInfo(trained.run().root().toAbsolutePath().toString(), trained.weights());
  }

  /** The student's loss with the teacher's part in it. */
  Variable join(Tape tape, Variable images, Classifier.Outputs student, Variable loss) {
    List<Variable> losses = new ArrayList<>(List.of(loss));
    List<Double> factors = new ArrayList<>(List.of(1 - config.weight()));
    try (Tape silent = Tape.evaluation(tape.kernels(), pool)) {
      Classifier.Outputs own = trained.network().outputs(silent, images);
      if (config.weight() > 0) {
        float[] logits = own.logits().value().toArray();
        losses.add(Distillation.logits(tape, student.logits(), logits, config.temperature()));
        factors.add(config.weight());
      }
      if (config.features() > 0) {
        addFeatures(tape, student.stages(), own.stages(), losses);
      }
    }
    while (factors.size() < losses.size()) {
      factors.add(config.features());
    }
    return Loss.weightedSum(
        tape, losses, factors.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void addFeatures(
      Tape tape, List<Variable> student, List<Variable> own, List<Variable> losses) {
    int before = losses.size();
    for (int i = 0; i < Math.min(student.size(), own.size()); i++) {
      Tensor value = own.get(i).value();
      if (value.shape().equals(student.get(i).shape())) {
        Tensor kept = tape.allocate(value.shape()); // the teacher's own is gone with its tape
        kept.copyFrom(value);
        losses.add(Distillation.features(tape, student.get(i), kept));
      }
    }
    if (losses.size() == before) {
      throw new UserError(
          "the teacher " + config.teacher() + " has no stage of the student's shape",
          shapes(student),
          shapes(own),
          "use a teacher of the same width and stem, or set training.distillation.features=0");
    }
  }

  private static String shapes(List<Variable> stages) {
    return stages.stream().map(stage -> stage.shape().toString()).toList().toString();
  }
}

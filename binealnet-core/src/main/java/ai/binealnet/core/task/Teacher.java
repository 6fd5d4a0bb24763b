package ai.binealnet.core.task;

import ai.binealnet.core.autograd.Distillation;
import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.DistillationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A trained network that another one learns from (Hinton et al., 2015). It sees the very pictures
 * that the student sees, in evaluation mode, and is not changed.
 *
 * @param <O> what a network makes of a batch
 */
public final class Teacher<O> {
  /** How far the outputs of a student are from those of its teacher. */
  @FunctionalInterface
  public interface Distance<O> {
    /** A loss, shape [1]; the teacher's values are valid during the call only. */
    Variable between(Tape tape, O student, O teacher);
  }

  private final DistillationConfig config;
  private final BiFunction<Tape, Variable, O> network;
  private final Function<O, List<Variable>> stages;
  private final TensorPool pool = new TensorPool();

  /**
   * A teacher.
   *
   * @param network runs it on normalised pictures [N,H,W,C]
   * @param stages the outputs of the backbone's stages, finest first
   */
  public Teacher(
      DistillationConfig config,
      BiFunction<Tape, Variable, O> network,
      Function<O, List<Variable>> stages) {
    this.config = config;
    this.network = network;
    this.stages = stages;
  }

  /**
   * The student's loss with the teacher's part in it: {@code (1 - weight) loss + weight distance +
   * features sum_stages features}.
   *
   * @param images what the student saw
   * @param student what it made of them
   * @throws UserError if stages are to be compared and none has the student's shape
   */
  public Variable join(Tape tape, Variable images, O student, Variable loss, Distance<O> distance) {
    List<Variable> losses = new ArrayList<>(List.of(loss));
    List<Double> factors = new ArrayList<>(List.of(1 - config.weight()));
    try (Tape silent = Tape.roundedEvaluation(tape.kernels(), pool)) {
      O own = network.apply(silent, images);
      if (config.weight() > 0) {
        losses.add(distance.between(tape, student, own));
        factors.add(config.weight());
      }
      if (config.features() > 0) {
        addFeatures(tape, stages.apply(student), stages.apply(own), losses);
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

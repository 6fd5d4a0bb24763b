package ai.binealnet.core.train;

import ai.binealnet.core.graph.UserError;
import java.util.Objects;

/**
 * What a teacher, usually the full-precision twin, contributes to the loss (Hinton et al., 2015):
 * {@code (1 - weight) CE + weight T^2 KL(teacher_T || student_T) + features L2}.
 *
 * @param teacher run folder of the teacher, or empty
 * @param weight share of the teacher's probabilities in the loss, in [0, 1]
 * @param temperature T that both logits are divided by, greater than 0
 * @param features factor of the distance between normalised stage outputs, at least 0
 */
public record DistillationConfig(
    String teacher, double weight, double temperature, double features) {
  /** Checks the ranges, and that a teacher has something to say. */
  public DistillationConfig {
    Objects.requireNonNull(teacher, "teacher");
    if (!(weight >= 0 && weight <= 1)
        || !(temperature > 0 && temperature < Double.POSITIVE_INFINITY)
        || !(features >= 0 && features < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight must be in [0, 1], temperature > 0 and features >= 0, got %s, %s and %s"
              .formatted(weight, temperature, features));
    }
    boolean used = weight > 0 || features > 0;
    if (used && teacher.isEmpty()) {
      throw new UserError(
          "distillation has no teacher",
          "training.distillation.teacher, the run folder of a trained network",
          "weight " + weight + ", features " + features + " and no teacher",
          "train the full-precision twin (backbone.block=BASIC) and name its run, or set weight and"
              + " features to 0");
    }
    if (!used && !teacher.isEmpty()) {
      throw new UserError(
          "the teacher " + teacher + " has no part in the loss",
          "training.distillation.weight or training.distillation.features > 0",
          "both 0",
          "set training.distillation.weight=0.5, or leave the teacher out");
    }
  }

  /** No teacher. */
  public static DistillationConfig none() {
    return new DistillationConfig("", 0, 4, 0);
  }

  /** Whether there is a teacher. */
  public boolean enabled() {
    return !teacher.isEmpty();
  }

  /** The same with another path to the teacher. */
  public DistillationConfig withTeacher(String path) {
    return new DistillationConfig(path, weight, temperature, features);
  }
}

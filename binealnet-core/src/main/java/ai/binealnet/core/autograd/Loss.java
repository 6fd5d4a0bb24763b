package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Losses that more than one task uses. */
public final class Loss {
  private Loss() {}

  /**
   * Mean softmax cross entropy with label smoothing (Szegedy et al., 2016): the target is {@code 1
   * - smoothing} on the label plus {@code smoothing / classes} on every class.
   *
   * @param logits [N,classes]
   * @param labels at least N, each in [0, classes)
   * @param smoothing in [0, 1)
   * @return the loss, shape [1]
   */
  public static Variable softmaxCrossEntropy(
      Tape tape, Variable logits, int[] labels, float smoothing) {
    int rows = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
    float[] gradient = logits.value().toArray();
    double total = 0;
    for (int n = 0; n < rows; n++) {
      total += rowLoss(gradient, n * classes, classes, labels[n], smoothing, rows);
    }
    Tensor value = tape.allocate(Shape.of(1)).set((float) (total / rows));
    return tape.record(
        value,
        dy -> {
          Tensor dx = tape.allocate(logits.shape());
          float factor = dy.get(0);
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
          }
          dx.set(gradient);
          tape.release(dy);
          tape.accumulate(logits, dx);
        });
  }

  /** Replaces a row of logits by its gradient and returns its loss. */
  private static double rowLoss(
      float[] row, int from, int classes, int label, float smoothing, int rows) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      max = Math.max(max, row[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(row[from + k] - max);
    }
    double logSum = Math.log(sum) + max;
    double loss = 0;
    for (int k = 0; k < classes; k++) {
      double target = (k == label ? 1 - smoothing : 0) + smoothing / classes;
      loss += target * (logSum - row[from + k]);
      row[from + k] = (float) ((Math.exp(row[from + k] - logSum) - target) / rows);
    }
    return loss;
  }
}

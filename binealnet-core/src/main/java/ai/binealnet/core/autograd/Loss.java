package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Losses that more than one task uses. */
public final class Loss {
  private Loss() {}

  /**
   * Mean softmax cross entropy with classes to learn and label smoothing (Szegedy et al., 2016):
   * the target is {@code 1 - smoothing} on the label plus {@code smoothing / classes} on every
   * class.
   *
   * @param logits [N,classes]
   * @param labels at least N, each in [0, classes)
   * @param smoothing in [0, 1)
   * @return the loss, shape [1]
   */
  public static Variable softmaxCrossEntropy(
      Tape tape, Variable logits, int[] labels, float smoothing) {
    int classes = logits.shape().dim(1);
    float[] targets = new float[logits.shape().size()];
    Arrays.fill(targets, smoothing / classes);
    for (int n = 0; n < logits.shape().dim(0); n++) {
      targets[n * classes + labels[n]] += 1 - smoothing;
    }
    return softmaxCrossEntropy(tape, logits, targets);
  }

  /**
   * Mean softmax cross entropy with probabilities to learn, {@code -1/N sum_n sum_k t[n,k] log
   * softmax(z[n])[k]}; gradient {@code (sum_j t[n,j] softmax(z[n]) - t[n]) / N}.
   *
   * @param logits [N,classes]
   * @param targets t, at least as many; rows that sum to 1
   * @return the loss, shape [1]
   */
  public static Variable softmaxCrossEntropy(Tape tape, Variable logits, float[] targets) {
    int rows = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
    float[] gradient = logits.value().toArray();
    double total = 0;
    for (int n = 0; n < rows; n++) {
      total += rowLoss(gradient, n * classes, classes, targets, rows);
    }
    return scalar(tape, logits, total / rows, gradient);
  }

  /**
   * A loss of one input whose gradient is known already.
   *
   * @param loss its value
   * @param gradient of the loss by every element of {@code input}; taken over
   * @return the loss, shape [1]
   */
  public static Variable scalar(Tape tape, Variable input, double loss, float[] gradient) {
    Tensor value = tape.allocate(Shape.of(1)).set((float) loss);
    return tape.record(
        value,
        dy -> {
          Tensor dx = tape.allocate(input.shape());
          float factor = dy.get(0);
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
          }
          dx.set(gradient);
          tape.release(dy);
          tape.accumulate(input, dx);
        });
  }

  /** The sum of losses, each times a factor; shape [1]. */
  public static Variable weightedSum(Tape tape, List<Variable> losses, double... factors) {
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      sum += factors[i] * losses.get(i).value().get(0);
    }
    return tape.record(
        tape.allocate(Shape.of(1)).set((float) sum),
        dy -> {
          for (int i = 0; i < factors.length; i++) {
            Tensor part = tape.allocate(Shape.of(1)).set((float) (factors[i] * dy.get(0)));
            tape.accumulate(losses.get(i), part);
          }
          tape.release(dy);
        });
  }

  /** Replaces a row of logits by its gradient and returns its loss. */
  private static double rowLoss(float[] row, int from, int classes, float[] targets, int rows) {
    double logSum = logSum(row, from, classes, 1);
    double loss = 0;
    for (int k = from; k < from + classes; k++) {
      double target = targets[k];
      loss += target * (logSum - row[k]);
      row[k] = (float) ((Math.exp(row[k] - logSum) - target) / rows);
    }
    return loss;
  }

  /** {@code log sum_k exp(z[k] / temperature)} of a row, without overflow. */
  static double logSum(float[] row, int from, int classes, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = from; k < from + classes; k++) {
      max = Math.max(max, row[k] / temperature);
    }
    double sum = 0;
    for (int k = from; k < from + classes; k++) {
      sum += Math.exp(row[k] / temperature - max);
    }
    return Math.log(sum) + max;
  }
}

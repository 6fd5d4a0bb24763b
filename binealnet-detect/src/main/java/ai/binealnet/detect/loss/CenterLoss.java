package ai.binealnet.detect.loss;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Tensor;

/** The losses of CenterNet (Zhou et al., 2019). */
public final class CenterLoss {
  private CenterLoss() {}

  /**
   * Penalty-reduced focal loss (Law and Deng, 2018), with p the sigmoid of a logit and y its
   * target: {@code -(1 - p)² log p} where y = 1, {@code -(1 - y)⁴ p² log(1 - p)} elsewhere, summed
   * and divided by the number of objects (at least 1). The gradients by the logit are {@code (1 -
   * p)² (2 p log p - (1 - p))} and {@code (1 - y)⁴ p² (p - 2 (1 - p) log(1 - p))}.
   *
   * @param logits any shape
   * @param targets y in [0, 1], as many
   * @param objects number of objects
   * @return the loss, shape [1]
   */
  public static Variable focal(Tape tape, Variable logits, float[] targets, int objects) {
    float[] values = logits.value().toArray();
    if (targets.length != values.length) {
      throw new IllegalArgumentException(
          targets.length + " targets do not fit logits of " + logits.shape());
    }
    double count = Math.max(1, objects);
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      double z = values[i];
      double p = 1 / (1 + Math.exp(-z));
      double q = 1 / (1 + Math.exp(z)); // 1 - p without cancellation
      double logP = logSigmoid(z);
      double logQ = logSigmoid(-z);
      if (targets[i] == 1) {
        total -= q * q * logP;
        values[i] = (float) (q * q * (2 * p * logP - q) / count);
      } else {
        double weight = square(square(1 - targets[i]));
        total -= weight * p * p * logQ;
        values[i] = (float) (weight * p * p * (p - 2 * q * logQ) / count);
      }
    }
    return Loss.scalar(tape, logits, total / count, values);
  }

  /**
   * The focal loss of a heatmap to learn from another network (quality focal loss, Li et al.,
   * 2020), with p the sigmoid of a logit and q that of the teacher's: {@code (p - q)² H} with
   * {@code H = -q log p - (1 - q) log(1 - p)}, summed and divided by the number of objects (at
   * least 1); the loss above where q is 0 or 1. Gradient by the logit: {@code 2 (p - q) p (1 - p) H
   * + (p - q)³}.
   *
   * @param logits any shape
   * @param teacher logits, as many
   * @param objects number of objects
   * @return the loss, shape [1]
   */
  public static Variable qualityFocal(Tape tape, Variable logits, float[] teacher, int objects) {
    float[] values = logits.value().toArray();
    double count = Math.max(1, objects);
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      double p = 1 / (1 + Math.exp(-values[i]));
      double q = 1 / (1 + Math.exp(-teacher[i]));
      double entropy = -q * logSigmoid(values[i]) - (1 - q) * logSigmoid(-values[i]);
      double difference = p - q;
      total += square(difference) * entropy;
      values[i] =
          (float)
              ((2 * difference * p * (1 - p) * entropy + square(difference) * difference) / count);
    }
    return Loss.scalar(tape, logits, total / count, values);
  }

  /**
   * Values of a map at cells.
   *
   * @param cells numbers in [N,H,W]
   * @param map [N,H,W,C]
   * @return C for each cell
   */
  public static float[] at(int[] cells, Tensor map) {
    int channels = map.shape().channels();
    float[] values = new float[cells.length * channels];
    for (int k = 0; k < values.length; k++) {
      values[k] = map.get(cells[k / channels] * channels + k % channels);
    }
    return values;
  }

  /**
   * Mean distance at the objects' centres, {@code 1/objects sum |x[cell] - target|}; 0 without
   * objects.
   *
   * @param values [N,H,W,2]
   * @param cells numbers in [N,H,W]
   * @param targets two for each cell
   * @return the loss, shape [1]
   */
  public static Variable l1(Tape tape, Variable values, int[] cells, float[] targets) {
    int channels = values.shape().channels();
    float[] gradient = new float[values.shape().size()];
    double total = 0;
    for (int k = 0; k < cells.length; k++) {
      for (int c = 0; c < channels; c++) {
        int i = cells[k] * channels + c;
        float difference = values.value().get(i) - targets[k * channels + c];
        total += Math.abs(difference);
        gradient[i] += Math.signum(difference) / cells.length;
      }
    }
    return Loss.scalar(tape, values, total / Math.max(1, cells.length), gradient);
  }

  /** {@code log(1 / (1 + exp(-z)))} without overflow. */
  private static double logSigmoid(double z) {
    return Math.min(0, z) - Math.log1p(Math.exp(-Math.abs(z)));
  }

  private static double square(double value) {
    return value * value;
  }
}

package ai.binealnet.match.loss;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.match.decode.RawOutputs;
import ai.binealnet.match.geometry.Homography;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of R2D2 (Revaud et al., 2019): repeatability plus the descriptors' average precision,
 * weighted by the reliability that the network states: {@code 1 - (AP R + base (1 - R))}, so that R
 * learns where AP is above the base. The base is the batch's mean AP instead of R2D2's 0.5: with a
 * fixed one R falls to 0 while all descriptors are still bad, and their gradient with it.
 * Descriptors have length 1. A part of AP is that of their signs times {@code 1 / sqrt(D)}, with
 * the gradient straight through the sign.
 *
 * @param config weights
 */
public record MatchLoss(LossConfig config) {
  /**
   * The loss of a batch, shape [1].
   *
   * @param descriptors [2N,h,w,D]: N first pictures, then N second ones
   * @param reliability logits, [2N,h,w,1]
   * @param repeatability before its activation, [2N,h,w,s^2]
   * @param maps from the first to the second pictures, in pixels
   * @param pool for what is needed only while this runs
   */
  public Variable of(
      Tape tape,
      Variable descriptors,
      Variable reliability,
      Variable repeatability,
      List<Homography> maps,
      TensorPool pool) {
    int height = descriptors.shape().dim(1);
    int width = descriptors.shape().dim(2);
    int cell = (int) Math.round(Math.sqrt(repeatability.shape().channels()));
    float[] byRepeatability = new float[repeatability.value().size()];
    double repeated =
        new RepeatabilityLoss(config, height, width, cell)
            .of(repeatability.value().toArray(), maps, byRepeatability);
    float[] byReliability = new float[reliability.value().size()];
    float[] byDescriptors = new float[descriptors.value().size()];
    Queries queries = new Queries(config, height, width, cell, maps);
    double precise =
        precision(tape, descriptors, reliability, queries, pool, byDescriptors, byReliability);
    return record(
        tape,
        repeated + precise,
        List.of(descriptors, reliability, repeatability),
        List.of(byDescriptors, byReliability, byRepeatability));
  }

  private double precision(
      Tape tape,
      Variable descriptors,
      Variable reliability,
      Queries queries,
      TensorPool pool,
      float[] byDescriptors,
      float[] byReliability) {
    int count = queries.all().size();
    if (count == 0 || config.precision() == 0) {
      return 0;
    }
    float[] logits = reliability.value().toArray();
    double[] trust = new double[count];
    for (int i = 0; i < count; i++) {
      trust[i] = RawOutputs.reliability(logits[queries.all().get(i).cell()]);
    }
    // R_i by AP_i itself, and 1 - mean R by the base.
    double rest = 1 - mean(trust);
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = -config.precision() * (trust[i] + rest) / count;
    }
    UnitVectors cells = UnitVectors.of(descriptors);
    DescriptorLoss loss =
        new DescriptorLoss(
            tape.kernels(), pool, queries, new AveragePrecision(config.bins()), cells.dimensions());
    double[] precisions = new double[count];
    add(loss, cells.unit(), 1 - config.signs(), weights, byDescriptors, precisions);
    if (config.signs() > 0) {
      add(loss, cells.signs(), config.signs(), weights, byDescriptors, precisions);
    }
    cells.differentiate(byDescriptors);
    return reliability(queries, precisions, trust, byReliability);
  }

  /** The mean of {@code 1 - (AP R + base (1 - R))}, weighted; R is a sigmoid. */
  private double reliability(
      Queries queries, double[] precisions, double[] trust, float[] byReliability) {
    int count = trust.length;
    double base = mean(precisions);
    double total = 0;
    for (int i = 0; i < count; i++) {
      double gain = precisions[i] - base;
      total += 1 - base - gain * trust[i];
      byReliability[queries.all().get(i).cell()] -=
          (float) (config.precision() / count * gain * trust[i] * (1 - trust[i]));
    }
    return config.precision() * total / count;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static void add(
      DescriptorLoss loss,
      float[] compared,
      double share,
      double[] weights,
      float[] gradient,
      double[] precisions) {
    double[] shared = new double[weights.length];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = share * weights[i];
    }
    double[] found = loss.of(compared, shared, gradient);
    for (int i = 0; i < found.length; i++) {
      precisions[i] += share * found[i];
    }
  }

  private static Variable record(
      Tape tape, double loss, List<Variable> inputs, List<float[]> gradients) {
    Tensor value = tape.allocate(Shape.of(1)).set((float) loss);
    return tape.record(
        value,
        dy -> {
          float factor = dy.get(0);
          tape.release(dy);
          for (int i = 0; i < inputs.size(); i++) {
            float[] gradient = gradients.get(i);
            for (int k = 0; k < gradient.length; k++) {
              gradient[k] *= factor;
            }
            Tensor dx = tape.allocate(inputs.get(i).shape()).set(gradient);
            tape.accumulate(inputs.get(i), dx);
          }
        });
  }
}

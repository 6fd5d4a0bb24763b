package ai.binealnet.segment.loss;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.segment.decode.Bilinear;
import ai.binealnet.segment.decode.LabelMap;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Softmax cross entropy of every pixel.
 *
 * <p>The logits of the network's coarse grid are up-sampled bilinearly to the labels, the very way
 * in which they are decoded, so that what is trained is what is judged: a thin pole that no cell of
 * the grid would own as a whole still counts. Up-sampling, softmax and both gradients are one pass
 * over the pixels, row by row: the up-sampled logits, 64 times as many at output stride 8, exist a
 * row at a time only.
 */
public final class PixelLoss {
  private PixelLoss() {}

  /**
   * The weighted mean {@code sum_p w[y_p] CE(z_p, y_p) / sum_p w[y_p]} over all pixels p that are
   * not void, with {@code CE(z, y) = log sum_k exp z[k] - (1 - s) z[y] - s / classes sum_k z[k]}
   * for label smoothing s. Without a labelled pixel, it is 0 and so is its gradient.
   *
   * @param logits [N,h,w,classes]
   * @param labels [N,height,width], classes or {@link LabelMap#VOID}
   * @param weights w, one for each class, at least 0
   * @param smoothing s, in [0, 1)
   * @return the loss, shape [1]
   */
  public static Variable crossEntropy(
      Tape tape,
      Variable logits,
      byte[] labels,
      int height,
      int width,
      float[] weights,
      float smoothing) {
    Shape shape = logits.shape();
    float[] values = logits.value().toArray();
    float[] gradient = new float[values.length];
    Pass pass = new Pass(shape, height, width, weights, smoothing, values, gradient);
    double[] losses = new double[shape.dim(0)];
    // Each picture has its own part of the gradient, so threads never meet.
    IntStream.range(0, losses.length).parallel().forEach(n -> losses[n] = pass.run(n, labels));
    double loss = 0;
    for (double each : losses) {
      loss += each;
    }
    double total = total(labels, weights);
    if (total == 0) {
      return Loss.scalar(tape, logits, 0, gradient);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= (float) total;
    }
    return Loss.scalar(tape, logits, loss / total, gradient);
  }

  private static double total(byte[] labels, float[] weights) {
    double total = 0;
    for (byte label : labels) {
      int y = label & 0xff;
      total += y == LabelMap.VOID ? 0 : weights[y];
    }
    return total;
  }

  /** The work on one batch: sums of losses and of gradients, not yet divided by the weights. */
  private record Pass(
      Shape shape,
      Bilinear rows,
      Bilinear columns,
      float[] weights,
      float smoothing,
      float[] values,
      float[] gradient) {
    Pass(
        Shape shape,
        int height,
        int width,
        float[] weights,
        float smoothing,
        float[] values,
        float[] gradient) {
      this(
          shape,
          Bilinear.axis(shape.dim(1), height),
          Bilinear.axis(shape.dim(2), width),
          weights,
          smoothing,
          values,
          gradient);
    }

    /** Picture n: adds to its gradient and returns its loss. */
    double run(int n, byte[] labels) {
      int classes = shape.channels();
      int offset = n * shape.size() / shape.dim(0);
      float[] row = new float[shape.dim(2) * classes];
      float[] rowGradient = new float[row.length];
      float[] pixel = new float[classes];
      double loss = 0;
      for (int y = 0; y < rows.size(); y++) {
        rows.row(values, offset, y, row);
        Arrays.fill(rowGradient, 0);
        int first = (n * rows.size() + y) * columns.size();
        for (int x = 0; x < columns.size(); x++) {
          int label = labels[first + x] & 0xff;
          if (label != LabelMap.VOID) {
            columns.pixel(row, x, pixel);
            loss += crossEntropy(pixel, label);
            columns.pixelGradient(pixel, x, rowGradient);
          }
        }
        rows.rowGradient(rowGradient, y, gradient, offset);
      }
      return loss;
    }

    /** Replaces a pixel's logits by their gradient and returns its loss. */
    private double crossEntropy(float[] z, int label) {
      float weight = weights[label];
      double max = z[0];
      for (float value : z) {
        max = Math.max(max, value);
      }
      double sum = 0;
      double mean = 0;
      for (float value : z) {
        sum += Math.exp(value - max);
        mean += value;
      }
      double logSum = Math.log(sum) + max;
      float share = smoothing / z.length;
      double loss = logSum - (1 - smoothing) * z[label] - share * mean;
      for (int k = 0; k < z.length; k++) {
        double target = k == label ? 1 - smoothing + share : share;
        z[k] = weight * (float) (Math.exp(z[k] - logSum) - target);
      }
      return weight * loss;
    }
  }
}

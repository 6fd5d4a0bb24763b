package ai.binealnet.segment.loss;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Weights that let rare classes count as much as frequent ones. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Median-frequency balancing (Eigen and Fergus, 2015), {@code (median / f[c])^balance}, where
   * f[c] is the part that class c takes of the labelled pixels of those pictures in which it
   * occurs. A class that occurs nowhere has weight 1.
   *
   * @param pixels of each class in each picture, [pictures][classes]
   * @param balance 1 as published, 0 for equal weights
   */
  public static float[] medianFrequency(long[][] pixels, double balance) {
    int classes = pixels[0].length;
    double[] frequency = new double[classes];
    for (int c = 0; c < classes; c++) {
      int label = c;
      long own = Arrays.stream(pixels).mapToLong(picture -> picture[label]).sum();
      long all =
          Arrays.stream(pixels)
              .filter(picture -> picture[label] > 0)
              .mapToLong(picture -> LongStream.of(picture).sum())
              .sum();
      frequency[c] = all == 0 ? 0 : (double) own / all;
    }
    double median = median(Arrays.stream(frequency).filter(f -> f > 0).sorted().toArray());
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = frequency[c] == 0 ? 1 : (float) Math.pow(median / frequency[c], balance);
    }
    return weights;
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 1;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}

package ai.binealnet.segment.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.segment.decode.LabelMap;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelLossTest {
  private static final Kernels KERNELS = new CpuKernels(1);
  private static final float[] WEIGHTS = {0.5f, 2, 1, 3};

  private static Parameter logits(long seed, Shape shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-3, 3);
    }
    return new Parameter("z", Parameter.Role.WEIGHT, Tensor.of(shape, values));
  }

  private static byte[] labels(long seed, int count) {
    SplittableRandom random = new SplittableRandom(~seed);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(5);
      labels[i] = (byte) (label == 4 ? LabelMap.VOID : label);
    }
    return labels;
  }

  private static double loss(Parameter z, byte[] labels, int height, int width, float smoothing) {
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      return PixelLoss.crossEntropy(tape, z, labels, height, width, WEIGHTS, smoothing)
          .value()
          .get(0);
    }
  }

  /** Central differences; the loss is smooth, so a large step loses little to rounding. */
  @ParameterizedTest
  @CsvSource({"1,2,3,16,24,0", "2,1,1,4,4,0.1", "3,3,2,9,5,0.2", "4,4,5,4,5,0"})
  void shouldDifferentiate(long seed, int h, int w, int height, int width, float smoothing) {
    Parameter z = logits(seed, Shape.of(2, h, w, WEIGHTS.length));
    byte[] labels = labels(seed, 2 * height * width);
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      tape.backward(PixelLoss.crossEntropy(tape, z, labels, height, width, WEIGHTS, smoothing));
    }

    float[] gradient = z.gradient().toArray();
    for (int i = 0; i < gradient.length; i++) {
      float x = z.value().get(i);
      z.value().set(i, x + 0.05f);
      double after = loss(z, labels, height, width, smoothing);
      z.value().set(i, x - 0.05f);
      double before = loss(z, labels, height, width, smoothing);
      z.value().set(i, x);
      assertThat((double) gradient[i])
          .as("element %d, seed %d", i, seed)
          .isCloseTo((after - before) / 0.1, within(2e-5));
    }
  }

  /** At the size of the labels nothing is interpolated: the textbook formula, in double. */
  @Test
  void shouldBeTheWeightedMeanOfCrossEntropies() {
    int count = 2 * 3 * 4;
    Parameter z = logits(9, Shape.of(2, 3, 4, WEIGHTS.length));
    byte[] labels = labels(9, count);
    double sum = 0;
    double total = 0;
    for (int p = 0; p < count; p++) {
      int label = labels[p] & 0xff;
      if (label != LabelMap.VOID) {
        double[] e = new double[WEIGHTS.length];
        for (int k = 0; k < e.length; k++) {
          e[k] = Math.exp(z.value().get(p * e.length + k));
        }
        sum -= WEIGHTS[label] * Math.log(e[label] / Arrays.stream(e).sum());
        total += WEIGHTS[label];
      }
    }

    assertThat(loss(z, labels, 3, 4, 0)).isCloseTo(sum / total, within(1e-6));
  }

  @Test
  void shouldSurviveHugeLogits() {
    Parameter z =
        new Parameter("z", Parameter.Role.WEIGHT, Tensor.of(Shape.of(1, 1, 1, 2), 1e4f, -1e4f));

    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      tape.backward(PixelLoss.crossEntropy(tape, z, new byte[4], 2, 2, new float[] {1, 1}, 0));
    }

    assertThat(z.gradient().toArray()).containsExactly(0, 0);
  }

  @Test
  void shouldLearnNothingFromVoid() {
    Parameter z = logits(5, Shape.of(1, 2, 2, WEIGHTS.length));
    byte[] labels = new byte[64];
    Arrays.fill(labels, (byte) LabelMap.VOID);

    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      tape.backward(PixelLoss.crossEntropy(tape, z, labels, 8, 8, WEIGHTS, 0));
    }

    assertThat(loss(z, labels, 8, 8, 0)).isZero();
    assertThat(z.gradient().toArray()).containsOnly(0);
  }
}

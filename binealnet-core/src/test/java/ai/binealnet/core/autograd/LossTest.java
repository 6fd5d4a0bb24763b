package ai.binealnet.core.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import org.junit.jupiter.api.Test;

class LossTest {
  private static double loss(float smoothing, int[] labels, float... logits) {
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      Tensor values = Tensor.of(Shape.of(labels.length, logits.length / labels.length), logits);
      return Loss.softmaxCrossEntropy(tape, tape.input(values), labels, smoothing).value().get(0);
    }
  }

  @Test
  void shouldBeTheMeanNegativeLogLikelihood() {
    assertThat(loss(0, new int[] {0}, 0, 0, 0, 0)).isCloseTo(Math.log(4), within(1e-6));
    double first = -Math.log(Math.exp(2) / (Math.exp(2) + 1));
    double second = -Math.log(Math.exp(-1) / (Math.exp(-1) + Math.exp(3)));
    assertThat(loss(0, new int[] {0, 1}, 2, 0, 3, -1))
        .isCloseTo((first + second) / 2, within(1e-6));
  }

  @Test
  void shouldSpreadTheTargetWhenSmoothed() {
    double p0 = 1 / (1 + Math.exp(-2)); // softmax of (2, 0)
    double expected = -(0.85 * Math.log(p0) + 0.15 * Math.log(1 - p0));
    assertThat(loss(0.3f, new int[] {0}, 2, 0)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void shouldBearLargeLogits() {
    assertThat(loss(0, new int[] {1}, 1e30f, -1e30f)).isEqualTo(2e30f, within(1e24));
    assertThat(loss(0, new int[] {0}, 30000, -30000)).isZero();
    assertThat(loss(0, new int[] {0}, Float.NaN, 1)).isNaN();
  }
}

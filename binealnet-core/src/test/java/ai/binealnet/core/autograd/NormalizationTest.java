package ai.binealnet.core.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  private final Parameter gamma =
      new Parameter("gamma", Parameter.Role.NORM, Tensor.of(Shape.of(2), 2, -1));
  private final Parameter beta =
      new Parameter("beta", Parameter.Role.NORM, Tensor.of(Shape.of(2), 0.5f, 3));
  private final Parameter mean =
      new Parameter("mean", Parameter.Role.STATISTIC, Tensor.of(Shape.of(2), 0, 10));
  private final Parameter variance =
      new Parameter("variance", Parameter.Role.STATISTIC, Tensor.of(Shape.of(2), 1, 4));

  private float[] train(Tensor x) {
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      return Normalization.withBatchStatistics(
              tape, tape.input(x), gamma, beta, mean, variance, 0.25f, null)
          .value()
          .toArray();
    }
  }

  @Test
  void shouldNormaliseByTheBatchAndMoveTheRunningStatistics() {
    Tensor x =
        Tensor.of(Shape.of(2, 2, 1, 2), 1, 0, 3, 0, 5, 4, 7, 4); // means 4 and 2, variances 5 and 4
    float[] y = train(x);

    for (int i = 0; i < 8; i++) {
      double hat =
          i % 2 == 0 ? (x.get(i) - 4) / Math.sqrt(5 + 1e-5) : (x.get(i) - 2) / Math.sqrt(4 + 1e-5);
      assertThat((double) y[i]).isCloseTo(i % 2 == 0 ? 2 * hat + 0.5 : 3 - hat, within(1e-5));
    }
    assertThat(mean.value().toArray()).containsExactly(new float[] {1, 8}, within(1e-6f));
    assertThat(variance.value().toArray())
        .containsExactly(new float[] {0.75f + 0.25f * 20 / 3, 3 + 0.25f * 16 / 3}, within(1e-5f));
  }

  @Test
  void shouldFoldRunningStatisticsIntoTwoFactors() {
    Tensor x = new RandomTensors(3).uniform(Shape.of(3, 4, 5, 2), -3, 12);
    Normalization.Folded folded =
        Normalization.fold(mean.value(), variance.value(), gamma.value(), beta.value());
    try (Tape tape = Tape.evaluation(KERNELS, new TensorPool())) {
      Variable y =
          Normalization.withRunningStatistics(
              tape, tape.input(x), gamma, beta, mean, variance, null);
      for (int i = 0; i < x.size(); i++) {
        float product = x.get(i) * folded.scale()[i % 2];
        assertThat(y.value().get(i)).isEqualTo(product + folded.shift()[i % 2]);
      }
    }
    assertThat(mean.value().toArray()).as("evaluation changes nothing").containsExactly(0, 10);
  }

  @Test
  void shouldGatherTheTrueMomentsOfSeveralBatches() {
    int batches = 7;
    int rows = 30;
    double[] sum = new double[2];
    double[] squares = new double[2];
    for (int b = 0; b < batches; b++) {
      Tensor x = new RandomTensors(b).uniform(Shape.of(rows, 2), b - 3, 2 * b);
      for (int i = 0; i < x.size(); i++) {
        sum[i % 2] += x.get(i);
        squares[i % 2] += (double) x.get(i) * x.get(i);
      }
      try (Tape tape = Tape.gathering(KERNELS, new TensorPool(), b)) {
        Normalization.withBatchStatistics(
            tape, tape.input(x), gamma, beta, mean, variance, 0.25f, null);
      }
    }

    for (int c = 0; c < 2; c++) {
      double expected = sum[c] / (batches * rows);
      assertThat((double) mean.value().get(c)).isCloseTo(expected, within(1e-5));
      assertThat((double) variance.value().get(c))
          .isCloseTo(squares[c] / (batches * rows) - expected * expected, within(1e-4));
    }
  }

  @Test
  void shouldRecordNothingWhileGathering() {
    try (Tape tape = Tape.gathering(KERNELS, new TensorPool(), 0)) {
      Tensor x = new RandomTensors(3).uniform(Shape.of(5, 2), -1, 1);
      Variable y =
          Normalization.withBatchStatistics(
              tape, tape.input(x), gamma, beta, mean, variance, 0.25f, null);

      assertThat(tape.isTraining()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> tape.backward(y));
    }
  }

  @Test
  void shouldRefuseStatisticsThatAreNotFinite() {
    Tensor x = new RandomTensors(4).uniform(Shape.of(4, 2), -1, 1);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 3e38f}) {
      x.set(3, bad);
      assertThatExceptionOfType(ArithmeticException.class)
          .as("value %s", bad)
          .isThrownBy(() -> train(x))
          .withMessageContaining("channel 1");
    }
  }
}

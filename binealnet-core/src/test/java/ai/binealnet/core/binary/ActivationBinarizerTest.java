package ai.binealnet.core.binary;

import static ai.binealnet.core.autograd.GradientCheck.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.GradientCheck;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationBinarizerTest {
  private static final double STEP = 1e-7;

  /**
   * The function whose derivative the surrogate is: w (2 - |w|) inside the window, the sign
   * outside.
   */
  private static double soft(double x, double b0, double tau, double b1) {
    double u = x + b0;
    double w = (u >= 0 ? u : u * tau) + b1;
    return Math.abs(w) < 1 ? w * (2 - Math.abs(w)) : Math.signum(w);
  }

  /** The sum of the outputs, each times its factor, if the sign were soft. */
  private static double objective(List<double[]> point, float[] factors) {
    double sum = 0;
    int channels = point.get(1).length;
    for (int i = 0; i < factors.length; i++) {
      int c = i % channels;
      sum += factors[i] * soft(point.get(0)[i], point.get(1)[c], point.get(2)[c], point.get(3)[c]);
    }
    return sum;
  }

  private static double[] toDouble(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(i);
    }
    return values;
  }

  private static double difference(List<double[]> point, double[] values, int i, float[] factors) {
    double at = values[i];
    values[i] = at + STEP;
    double after = objective(point, factors);
    values[i] = at - STEP;
    double before = objective(point, factors);
    values[i] = at;
    return (after - before) / (2 * STEP);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldHaveTheGradientOfTheSoftFunction(long seed) {
    RandomTensors random = new RandomTensors(seed);
    Shape perChannel = Shape.of(5);
    Parameter x = parameter("x", random.uniform(Shape.of(2, 4, 3, 5), -2, 2));
    Parameter b0 = parameter("b0", random.uniform(perChannel, -0.5, 0.5));
    Parameter tau = parameter("tau", random.uniform(perChannel, 0, 1.5));
    Parameter b1 = parameter("b1", random.uniform(perChannel, -0.5, 0.5));
    Tensor dy = random.uniform(x.shape(), -1, 1);
    float[] factors = dy.toArray();

    try (Tape tape = Tape.training(new CpuKernels(2), new TensorPool())) {
      var y = ActivationBinarizer.binarize(tape, x, b0, tau, b1);
      tape.backward(tape.record(tape.allocate(Shape.of(1)), unused -> tape.accumulate(y, dy)));
    }

    List<Parameter> parameters = List.of(x, b0, tau, b1);
    List<double[]> point = parameters.stream().map(p -> toDouble(p.value())).toList();
    for (int k = 0; k < 4; k++) {
      Tensor gradient = parameters.get(k).gradient();
      for (int i = 0; i < gradient.size(); i++) {
        assertThat((double) gradient.get(i))
            .as("gradient %s of %s, seed %s", i, parameters.get(k), seed)
            .isCloseTo(difference(point, point.get(k), i, factors), within(2e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void shouldPassNothingToDeadElements(long seed) {
    Shape perChannel = Shape.of(3);
    Parameter x = parameter("x", new RandomTensors(seed).uniform(Shape.of(4, 4, 4, 3), 1.6, 9));
    Parameter b0 = parameter("b0", Tensor.create(perChannel).fill(-0.25f));
    Parameter tau = parameter("tau", Tensor.create(perChannel).fill(1));
    Parameter b1 = parameter("b1", Tensor.create(perChannel).fill(-0.25f));

    new GradientCheck(seed, tape -> ActivationBinarizer.binarize(tape, x, b0, tau, b1)).backward();

    for (Parameter p : List.of(x, b0, tau, b1)) {
      assertThat(p.gradient().toArray()).as("%s, seed %s", p, seed).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void shouldAgreeWithTheScalarFormThatExportUses(long seed) {
    RandomTensors random = new RandomTensors(seed);
    Parameter x =
        parameter("x", random.integers(Shape.of(3, 5, 5, 7), -4, 4)); // meets thresholds exactly
    Parameter b0 = parameter("b0", random.integers(Shape.of(7), -2, 2));
    Parameter tau = parameter("tau", random.integers(Shape.of(7), 0, 2));
    Parameter b1 = parameter("b1", random.integers(Shape.of(7), -2, 2));

    try (Tape tape = Tape.evaluation(new CpuKernels(2), new TensorPool())) {
      float[] y = ActivationBinarizer.binarize(tape, x, b0, tau, b1).value().toArray();
      for (int i = 0; i < y.length; i++) {
        int c = i % 7;
        int sign =
            ActivationBinarizer.sign(
                x.value().get(i), b0.value().get(c), tau.value().get(c), b1.value().get(c));
        assertThat(y[i]).as("element %s, seed %s", i, seed).isEqualTo(sign);
      }
    }
  }

  @Test
  void shouldBeOneThreshold() {
    float[] b0s = {-0.5f, 0, 0.75f};
    float[] taus = {0, 0.25f, 1, 2};
    float[] b1s = {-0.5f, -0f, 0, 0.5f};
    for (float b0 : b0s) {
      for (float tau : taus) {
        for (float b1 : b1s) {
          double threshold =
              b1 < 0 ? -b0 - b1 : tau > 0 ? -b0 - b1 / tau : Double.NEGATIVE_INFINITY;
          for (float x = -4; x <= 4; x += 0.125f) {
            assertThat(ActivationBinarizer.sign(x, b0, tau, b1))
                .as("x %s, b0 %s, tau %s, b1 %s", x, b0, tau, b1)
                .isEqualTo(x >= threshold ? 1 : -1);
          }
        }
      }
    }
  }

  @Test
  void shouldRefuseNaN() {
    Parameter zero = parameter("p", Tensor.of(Shape.of(1), 0));
    Parameter x = parameter("x", Tensor.of(Shape.of(2, 1), 1, Float.NaN));
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> ActivationBinarizer.binarize(tape, x, zero, zero, zero));
    }
  }
}

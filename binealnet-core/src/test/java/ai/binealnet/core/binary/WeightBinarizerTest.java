package ai.binealnet.core.binary;

import static ai.binealnet.core.autograd.GradientCheck.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.GradientCheck;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightBinarizerTest {
  private static final Shape SHAPE = Shape.of(3, 3, 4, 5);
  private static final double STEP = 1e-6;

  private final RandomTensors random = new RandomTensors(21);
  private final Parameter w = parameter("w", random.uniform(SHAPE, -2, 2));
  private final Parameter lambda = parameter("lambda", random.uniform(Shape.of(5), 0.2, 2));
  private final Parameter k = parameter("k", Tensor.of(Shape.of(1), 1.5f));
  private final Tensor dy = random.uniform(SHAPE, -1, 1);

  private Parameter alpha(AlphaShape resolution) {
    return parameter("alpha", random.uniform(resolution.of(SHAPE), 0.3, 2));
  }

  private void backward(java.util.function.Function<Tape, Variable> binarizer) {
    try (Tape tape = Tape.training(new CpuKernels(1), new TensorPool())) {
      Variable y = binarizer.apply(tape);
      tape.backward(tape.record(tape.allocate(Shape.of(1)), unused -> tape.accumulate(y, dy)));
    }
  }

  /** The sum of dy tanh(alpha w) by definition, alpha repeated over the axes it lacks. */
  private double objective(float[] dy, AlphaShape resolution, double[] w, double[] alpha) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      int o = i % 5;
      int in = i / 5 % 4;
      double a =
          switch (resolution) {
            case OUT -> alpha[o];
            case OUT_IN -> alpha[in * 5 + o];
            case FULL -> alpha[i];
          };
      sum += dy[i] * Math.tanh(a * w[i]);
    }
    return sum;
  }

  private double difference(
      float[] dy, AlphaShape resolution, double[] w, double[] alpha, double[] values, int i) {
    double at = values[i];
    values[i] = at + STEP;
    double after = objective(dy, resolution, w, alpha);
    values[i] = at - STEP;
    double before = objective(dy, resolution, w, alpha);
    values[i] = at;
    return (after - before) / (2 * STEP);
  }

  private static double[] toDouble(Parameter p) {
    double[] values = new double[p.value().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = p.value().get(i);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientOfTanh(AlphaShape resolution) {
    Parameter alpha = alpha(resolution);
    float[] factors = dy.toArray();
    float gain = 2.5f;

    backward(tape -> WeightBinarizer.binarize(tape, w, alpha, gain));

    double[] weights = toDouble(w);
    double[] alphas = toDouble(alpha);
    for (int i = 0; i < weights.length; i++) {
      assertThat((double) w.gradient().get(i))
          .as("weight %s", i)
          .isCloseTo(
              gain * difference(factors, resolution, weights, alphas, weights, i), within(2e-3));
    }
    for (int i = 0; i < alphas.length; i++) {
      assertThat((double) alpha.gradient().get(i))
          .as("alpha %s", i)
          .isCloseTo(
              gain * difference(factors, resolution, weights, alphas, alphas, i), within(1e-2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBinarizeWhateverAlphaIs(AlphaShape resolution) {
    w.value().set(0, 0);
    w.value().set(1, -0f);
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      Tensor y = WeightBinarizer.binarize(tape, w, alpha(resolution), 1).value();
      for (int i = 0; i < y.size(); i++) {
        assertThat(y.get(i)).isEqualTo(w.value().get(i) >= 0 ? 1f : -1f);
      }
    }
  }

  @Test
  void shouldDifferentiateTheScalesBeforeTheConvolution() {
    Parameter alpha = alpha(AlphaShape.OUT);

    new GradientCheck(22, tape -> WeightBinarizer.binarizeScaled(tape, w, alpha, lambda, k))
        .verify(lambda, k);
  }

  @Test
  void shouldPassGradientsToScaledWeightsWithoutTheScales() {
    Parameter alpha = alpha(AlphaShape.OUT);
    Tensor copy = Tensor.of(SHAPE, dy.toArray());
    backward(tape -> WeightBinarizer.binarize(tape, w, alpha, 1));
    float[] plainW = w.gradient().toArray();
    float[] plainAlpha = alpha.gradient().toArray();
    w.gradient().fill(0);
    alpha.gradient().fill(0);
    dy.copyFrom(copy);

    backward(tape -> WeightBinarizer.binarizeScaled(tape, w, alpha, lambda, k));

    assertThat(w.gradient().toArray()).isEqualTo(plainW);
    assertThat(alpha.gradient().toArray()).isEqualTo(plainAlpha);
  }

  @Test
  void shouldDifferentiateTheScalesAfterTheConvolution() {
    Parameter x = parameter("x", random.uniform(Shape.of(2, 4, 3, 5), -9, 9));

    new GradientCheck(23, tape -> OutputScale.apply(tape, x, lambda, k)).verify(x, lambda, k);
  }

  @Test
  void shouldScaleInFloatSteps() {
    Parameter x = parameter("x", random.integers(Shape.of(1, 2, 2, 5), -9, 9));
    float[] factor = OutputScale.product(lambda, k);
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      Tensor y = OutputScale.apply(tape, x, lambda, k).value();
      for (int i = 0; i < y.size(); i++) {
        assertThat(factor[i % 5]).isEqualTo(lambda.value().get(i % 5) * 1.5f);
        assertThat(y.get(i)).isEqualTo(x.value().get(i) * factor[i % 5]);
      }
    }
  }
}

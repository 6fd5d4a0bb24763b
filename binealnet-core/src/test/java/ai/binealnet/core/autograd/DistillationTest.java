package ai.binealnet.core.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistillationTest {
  private static final Shape LOGITS = Shape.of(3, 5);
  private static final Shape FEATURES = Shape.of(2, 3, 4, 8);

  private static Tensor random(long seed, Shape shape) {
    return new RandomTensors(seed).uniform(shape, -2, 2);
  }

  private static double value(Function<Tape, Variable> loss) {
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      return loss.apply(tape).value().get(0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 4, 20})
  void shouldDifferentiateTheDivergenceOfLogits(double temperature) {
    Parameter student = GradientCheck.parameter("z", random(1, LOGITS));
    float[] teacher = random(2, LOGITS).toArray();

    new GradientCheck(3, tape -> Distillation.logits(tape, student, teacher, temperature))
        .verify(student);
  }

  @Test
  void shouldDifferentiateTheDistanceOfFeatures() {
    Parameter student = GradientCheck.parameter("f", random(4, FEATURES));
    Tensor teacher = random(5, FEATURES);

    new GradientCheck(6, tape -> Distillation.features(tape, student, teacher)).verify(student);
  }

  @Test
  void shouldDifferentiateFeaturesLongerThanABlock() {
    Shape shape = Shape.of(2, 10, 10, 48);
    Parameter student = GradientCheck.parameter("f", random(7, shape));
    Tensor teacher = random(8, shape);
    // the gradient is small: the step must be large, and the loss is nearly linear
    Function<Tape, Variable> loss =
        tape ->
            Loss.weightedSum(tape, List.of(Distillation.features(tape, student, teacher)), 1000);

    new GradientCheck(9, loss).step(0.3).tolerance(1e-2).verify(student);
  }

  @Test
  void shouldDifferentiateAWeightedSum() {
    Parameter z = GradientCheck.parameter("z", random(10, LOGITS));
    float[] targets = targets();
    float[] teacher = random(11, LOGITS).toArray();

    new GradientCheck(
            12,
            tape ->
                Loss.weightedSum(
                    tape,
                    List.of(
                        Loss.softmaxCrossEntropy(tape, z, targets),
                        Distillation.logits(tape, z, teacher, 2)),
                    0.3,
                    0.7))
        .verify(z);
  }

  private static float[] targets() {
    float[] targets = new RandomTensors(13).uniform(LOGITS, 0, 1).toArray();
    for (int n = 0; n < 3; n++) {
      float sum = 0;
      for (int k = 0; k < 5; k++) {
        sum += targets[n * 5 + k];
      }
      for (int k = 0; k < 5; k++) {
        targets[n * 5 + k] /= sum;
      }
    }
    return targets;
  }

  @Test
  void shouldDifferentiateTheCrossEntropyOfProbabilities() {
    Parameter z = GradientCheck.parameter("z", random(14, LOGITS));
    float[] targets = targets();

    new GradientCheck(15, tape -> Loss.softmaxCrossEntropy(tape, z, targets)).verify(z);
  }

  @Test
  void shouldBeTheDivergenceTimesTheSquaredTemperature() {
    Tensor student = Tensor.of(Shape.of(1, 2), 2, 0);
    double p = 1 / (1 + Math.exp(-1)); // softmax of (2, 0) / 2
    double q = 1 / (1 + Math.exp(2)); // softmax of (-4, 0) / 2
    double kl = q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p));

    assertThat(value(t -> Distillation.logits(t, t.input(student), new float[] {-4, 0}, 2)))
        .isCloseTo(4 * kl, within(1e-6));
    assertThat(value(t -> Distillation.logits(t, t.input(student), new float[] {7, 5}, 3)))
        .as("only differences of logits matter")
        .isCloseTo(0, within(1e-6));
    assertThat(value(t -> Distillation.logits(t, t.input(student), new float[] {1e30f, -1e30f}, 1)))
        .isFinite();
  }

  @Test
  void shouldCompareDirectionsOnly() {
    Tensor student = Tensor.of(Shape.of(1, 2), 3, 4);

    assertThat(feature(student, 30, 40)).isCloseTo(0, within(1e-6));
    assertThat(feature(student, -3, -4)).isCloseTo(4, within(1e-6));
    assertThat(feature(student, -4, 3)).isCloseTo(2, within(1e-6));
    assertThat(feature(student, 0, 0)).isEqualTo(2);
    assertThat(feature(Tensor.of(Shape.of(1, 2), 0, 0), 1, 2)).isEqualTo(2);
  }

  private static double feature(Tensor student, float... teacher) {
    return value(
        t -> Distillation.features(t, t.input(student), Tensor.of(student.shape(), teacher)));
  }

  @Test
  void shouldRefuseFeaturesOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> feature(Tensor.of(Shape.of(2, 1), 1, 2), 1, 2, 3))
        .withMessageContaining("takes 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                value(
                    t ->
                        Distillation.features(
                            t, t.input(random(1, LOGITS)), random(2, Shape.of(5, 3)))))
        .withMessageContaining("cannot be compared");
  }
}

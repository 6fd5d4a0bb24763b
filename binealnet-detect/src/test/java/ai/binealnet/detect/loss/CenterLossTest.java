package ai.binealnet.detect.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class CenterLossTest {
  private static final CpuKernels KERNELS = new CpuKernels(1);
  private static final long SEED = 17;

  private static Parameter parameter(Shape shape, double deviation) {
    Random random = new Random(SEED);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return new Parameter("x", Parameter.Role.WEIGHT, Tensor.of(shape, values));
  }

  private static double loss(BiFunction<Tape, Variable, Variable> loss, Parameter x) {
    try (Tape tape = Tape.evaluation(KERNELS, new TensorPool())) {
      return loss.apply(tape, x).value().get(0);
    }
  }

  private static void verify(BiFunction<Tape, Variable, Variable> loss, Parameter x, float step) {
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      tape.backward(loss.apply(tape, x));
    }
    for (int i = 0; i < x.value().size(); i++) {
      float value = x.value().get(i);
      x.value().set(i, value + step);
      double above = loss(loss, x);
      x.value().set(i, value - step);
      double below = loss(loss, x);
      x.value().set(i, value);
      assertThat((double) x.gradient().get(i))
          .as("element %d, seed %d", i, SEED)
          .isCloseTo((above - below) / (2 * step), within(2e-4));
    }
  }

  @Test
  void shouldDifferentiateTheFocalLoss() {
    float[] targets = {1, 0, 0.5f, 0.9f, 0.999f, 1, 0.1f, 0, 0, 1, 0.3f, 0};
    Parameter logits = parameter(Shape.of(1, 2, 3, 2), 2);

    verify((tape, x) -> CenterLoss.focal(tape, x, targets, 3), logits, 1e-2f);
  }

  @Test
  void shouldComputeTheFocalLossByItsFormula() {
    Parameter logits = new Parameter("x", Parameter.Role.WEIGHT, Tensor.of(Shape.of(3), 0, 0, 100));
    float[] targets = {1, 0.5f, 1};

    double loss = loss((tape, x) -> CenterLoss.focal(tape, x, targets, 2), logits);

    double half = Math.log(2) * 0.25; // (1 - p)^2 log p at p = 1/2
    assertThat(loss).isCloseTo((half + Math.pow(0.5, 4) * half) / 2, within(1e-6));
  }

  @Test
  void shouldDifferentiateTheFocalLossOfATeacher() {
    float[] teacher = parameter(Shape.of(2, 3, 4, 2), 2).value().toArray();
    Parameter logits = parameter(Shape.of(2, 3, 4, 2), 1);

    verify((tape, x) -> CenterLoss.qualityFocal(tape, x, teacher, 3), logits, 1e-2f);
  }

  @Test
  void shouldAgreeWithTheFocalLossWhereATeacherIsSure() {
    Parameter logits = parameter(Shape.of(6), 2);
    float[] targets = {1, 0, 0, 1, 0, 1};
    float[] sure = {100, -100, -100, 100, -100, 100};

    assertThat(loss((tape, x) -> CenterLoss.qualityFocal(tape, x, sure, 2), logits))
        .isCloseTo(loss((tape, x) -> CenterLoss.focal(tape, x, targets, 2), logits), within(1e-6));
    assertThat(
            loss(
                (tape, x) -> CenterLoss.qualityFocal(tape, x, logits.value().toArray(), 2), logits))
        .as("of itself")
        .isZero();
  }

  @Test
  void shouldReadValuesAtCells() {
    Tensor map = Tensor.of(Shape.of(1, 2, 2, 2), 0, 1, 2, 3, 4, 5, 6, 7);

    assertThat(CenterLoss.at(new int[] {3, 0, 3}, map)).containsExactly(6, 7, 0, 1, 6, 7);
  }

  @Test
  void shouldStayFiniteForExtremeLogits() {
    Parameter logits =
        new Parameter("x", Parameter.Role.WEIGHT, Tensor.of(Shape.of(4), -1e4f, 1e4f, 800, -800));
    float[] targets = {1, 0, 1, 0};

    double loss = loss((tape, x) -> CenterLoss.focal(tape, x, targets, 0), logits);

    assertThat(loss).isCloseTo(2e4, within(1.0));
  }

  @Test
  void shouldDifferentiateTheDistanceAtCentres() {
    int[] cells = {0, 4, 4};
    float[] targets = {3, -3, 5, 6, -7, 8};
    Parameter values = parameter(Shape.of(1, 2, 3, 2), 1);

    verify((tape, x) -> CenterLoss.l1(tape, x, cells, targets), values, 1e-2f);
  }

  @Test
  void shouldHaveNoDistanceWithoutObjects() {
    Parameter values = parameter(Shape.of(1, 2, 3, 2), 1);

    verify((tape, x) -> CenterLoss.l1(tape, x, new int[0], new float[0]), values, 1e-2f);

    assertThat(loss((tape, x) -> CenterLoss.l1(tape, x, new int[0], new float[0]), values))
        .isZero();
  }

  @Test
  void shouldRefuseTargetsOfAnotherSize() {
    Parameter logits = parameter(Shape.of(4), 1);
    assertThatThrownBy(() -> loss((tape, x) -> CenterLoss.focal(tape, x, new float[3], 1), logits))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

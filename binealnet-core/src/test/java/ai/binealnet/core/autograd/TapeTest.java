package ai.binealnet.core.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TapeTest {
  private static final Kernels KERNELS = new CpuKernels(1);

  private final TensorPool pool = new TensorPool();
  private final Parameter x = new Parameter("x", Parameter.Role.WEIGHT, Tensor.of(Shape.of(1), 3));

  @Test
  void shouldAddToTheGradientsOfParameters() {
    for (int pass = 1; pass <= 3; pass++) {
      try (Tape tape = Tape.training(KERNELS, pool)) {
        tape.backward(Activation.add(tape, x, x));
      }
      assertThat(x.gradient().get(0)).isEqualTo(2 * pass);
    }
  }

  @Test
  void shouldRefuseToAddOtherShapes() {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      Variable two = tape.input(Tensor.create(Shape.of(2)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Activation.add(tape, x, two))
          .withMessageContaining("[2]");
    }
  }

  @Test
  void shouldNotDifferentiateInputs() {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      Variable input = tape.input(Tensor.of(Shape.of(1), 5));
      Variable sum = Activation.add(tape, x, input);

      assertThat(input.needsGradient()).isFalse();
      assertThat(sum.value().get(0)).isEqualTo(8);
      tape.backward(sum);
      assertThat(input.gradient()).isNull();
      assertThat(sum.value().get(0)).as("the loss stays readable").isEqualTo(8);
    }
    assertThat(x.gradient().get(0)).isEqualTo(1);
  }

  @Test
  void shouldPassNothingThroughWhatTheLossDoesNotUse() {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      Variable loss = Activation.add(tape, x, tape.input(Tensor.of(Shape.of(1), 5)));
      Activation.add(tape, x, x); // a value nobody reads
      tape.backward(loss);
    }
    assertThat(x.gradient().get(0)).isEqualTo(1);
  }

  @Test
  void shouldRefuseToRunAnEvaluationBackwards() {
    try (Tape tape = Tape.evaluation(KERNELS, pool)) {
      Variable sum = Activation.add(tape, x, x);
      assertThat(tape.isTraining()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> tape.backward(sum));
    }
  }

  @Test
  void shouldGiveEverythingBack() {
    for (int pass = 0; pass < 3; pass++) {
      try (Tape tape = Tape.training(KERNELS, pool)) {
        Variable y = Activation.add(tape, x, Activation.add(tape, x, x));
        if (pass < 2) {
          tape.backward(y); // a pass without it must not lose anything either
        }
      }
    }
    long once = pool.allocatedBytes();
    try (Tape tape = Tape.training(KERNELS, pool)) {
      tape.backward(Activation.add(tape, x, Activation.add(tape, x, x)));
    }
    assertThat(pool.allocatedBytes()).isEqualTo(once).isPositive();
  }

  @Test
  void shouldShowNamedValuesInOrder() {
    Map<String, Float> seen = new LinkedHashMap<>();
    try (Tape tape =
        Tape.evaluation(KERNELS, pool).observedBy((name, value) -> seen.put(name, value.get(0)))) {
      Variable a = tape.observe("a", Activation.add(tape, x, x));
      tape.observe("b", Activation.add(tape, a, x));
    }
    assertThat(seen).containsExactly(Map.entry("a", 6f), Map.entry("b", 9f));
  }

  @Test
  void shouldReleaseATensorOnceOnly() {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      Tensor tensor = tape.allocate(Shape.of(8));
      tape.release(tensor);
      tape.release(tensor);
      Tensor first = tape.allocate(Shape.of(8)).fill(1);
      Tensor second = tape.allocate(Shape.of(8)).fill(2);

      assertThat(first.toArray()).containsOnly(1);
      assertThat(second.toArray()).containsOnly(2);
    }
  }

  @Test
  void shouldGiveBackAllButTheResultOfAPartInEvaluation() {
    try (Tape tape = Tape.evaluation(KERNELS, pool)) {
      Variable three = tape.confine(() -> Activation.add(tape, Activation.add(tape, x, x), x));
      long allocated = pool.allocatedBytes();
      Variable again = tape.confine(() -> Activation.add(tape, three, x));

      assertThat(pool.allocatedBytes()).as("bytes after a second part").isEqualTo(allocated);
      assertThat(three.value().get(0)).isEqualTo(9);
      assertThat(again.value().get(0)).isEqualTo(12);
    }
  }

  @Test
  void shouldKeepWhatATrainingTapeStillNeeds() {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      Variable sum = tape.confine(() -> Activation.add(tape, Activation.add(tape, x, x), x));
      tape.backward(sum);
    }
    assertThat(x.gradient().get(0)).isEqualTo(3);
  }
}

package ai.binealnet.core.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;
import java.util.function.Function;

/**
 * Holds the gradients of a computation against central finite differences. The objective is the sum
 * of the outputs, each times a random factor, gathered in double precision.
 */
public final class GradientCheck {
  private static final Kernels KERNELS = new CpuKernels(2);
  private static final int PROBES = 24;

  private final long seed;
  private final Function<Tape, Variable> computation;
  private double step = 1e-2;
  private double tolerance = 2e-3;

  /**
   * A check of {@code computation}.
   *
   * @param seed of the factors
   */
  public GradientCheck(long seed, Function<Tape, Variable> computation) {
    this.seed = seed;
    this.computation = computation;
  }

  /** Half the distance between the two points of a difference. */
  public GradientCheck step(double value) {
    step = value;
    return this;
  }

  /** Error allowed, relative to the largest gradient of a parameter. */
  public GradientCheck tolerance(double value) {
    tolerance = value;
    return this;
  }

  /** A trained parameter to differentiate by. */
  public static Parameter parameter(String name, Tensor value) {
    return new Parameter(name, Parameter.Role.WEIGHT, value);
  }

  /** Runs backwards once and adds to the gradients of all parameters. */
  public void backward() {
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      Variable y = computation.apply(tape);
      Tensor factors = factors(y.shape());
      tape.backward(
          tape.record(
              tape.allocate(Shape.of(1)),
              dy -> {
                Tensor seed = tape.allocate(y.shape());
                seed.copyFrom(factors);
                tape.release(dy);
                tape.accumulate(y, seed);
              }));
    }
  }

  /** Compares a few dozen elements of each parameter's gradient. */
  public void verify(Parameter... parameters) {
    for (Parameter parameter : parameters) {
      parameter.gradient().fill(0);
    }
    backward();
    for (Parameter parameter : List.of(parameters)) {
      float[] gradient = parameter.gradient().toArray();
      double largest = 0;
      for (float g : gradient) {
        largest = Math.max(largest, Math.abs(g));
      }
      assertThat(largest)
          .as("largest gradient of %s, seed %s", parameter, seed)
          .isGreaterThan(1e-4);
      int stride = Math.max(1, gradient.length / PROBES);
      for (int i = 0; i < gradient.length; i += stride) {
        assertThat((double) gradient[i])
            .as("gradient %s of %s, seed %s", i, parameter, seed)
            .isCloseTo(difference(parameter.value(), i), within(tolerance * largest));
      }
    }
  }

  private double difference(Tensor value, int i) {
    float x = value.get(i);
    value.set(i, (float) (x + step));
    double after = objective();
    double high = value.get(i);
    value.set(i, (float) (x - step));
    double before = objective();
    double low = value.get(i);
    value.set(i, x);
    return (after - before) / (high - low);
  }

  private double objective() {
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      Variable y = computation.apply(tape);
      Tensor factors = factors(y.shape());
      double sum = 0;
      for (int i = 0; i < factors.size(); i++) {
        sum += (double) y.value().get(i) * factors.get(i);
      }
      return sum;
    }
  }

  private Tensor factors(Shape shape) {
    return new RandomTensors(~seed)
        .uniform(shape, 0.2, 1.2); // not the values of an operand of that seed
  }
}

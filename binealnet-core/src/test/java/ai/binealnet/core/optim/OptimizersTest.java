package ai.binealnet.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Parameter.Role;
import ai.binealnet.core.optim.ParameterGroups.Group;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizersTest {
  private static final ParameterGroups GROUPS = ParameterGroups.of(0.1, 10, 0.5);

  private static Parameter parameter(Role role, float value) {
    return new Parameter("p", role, Tensor.of(Shape.of(1), value));
  }

  private static float stepped(Optimizer optimizer, Parameter p, double rate, float gradient) {
    p.gradient().set(gradient);
    optimizer.step(rate);
    assertThat(p.gradient().get(0)).as("the gradient is used up").isZero();
    return p.value().get(0);
  }

  @Test
  void shouldMakeStepsWithMomentumAndDecay() {
    Parameter p = parameter(Role.WEIGHT, 1);
    Sgd sgd = new Sgd(List.of(p), GROUPS, 0.9, false);

    assertThat(stepped(sgd, p, 0.1, 0.5f))
        .isCloseTo(0.94f, within(1e-6f)); // v = 0.5 + 0.1 * 1 = 0.6
    assertThat(stepped(sgd, p, 0.1, 0.2f))
        .isCloseTo(0.8566f, within(1e-6f)); // v = 0.54 + 0.2 + 0.094 = 0.834
    assertThat(stepped(sgd, p, 0.01, -1))
        .isCloseTo(0.8582374f, within(1e-6f)); // v = 0.7506 - 1 + 0.08566
  }

  @Test
  void shouldLookAheadWithNesterovsMomentum() {
    Parameter p = parameter(Role.WEIGHT, 1);
    Sgd sgd = new Sgd(List.of(p), GROUPS, 0.9, true);

    assertThat(stepped(sgd, p, 0.1, 0.5f))
        .isCloseTo(0.886f, within(1e-6f)); // d = v = 0.6; step 0.6 + 0.54
    assertThat(stepped(sgd, p, 0.1, 0.2f))
        .isCloseTo(0.886f - 0.1f * (0.2886f + 0.9f * 0.8286f), within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"WEIGHT,1,2", "BINARY_WEIGHT,3,4", "SCALE,5,6", "THRESHOLD,7,8", "NORM,9,10"})
  void shouldGiveEachKindItsOwnRateAndDecay(Role role, double rate, double decay) {
    ParameterGroups groups =
        new ParameterGroups(
            new Group(1, 2), new Group(3, 4), new Group(5, 6), new Group(7, 8), new Group(9, 10));

    assertThat(groups.rateFactor(parameter(role, 1))).isEqualTo(rate);
    assertThat(groups.decay(parameter(role, 1))).isEqualTo(decay);
    Parameter statistic = new Parameter("s", Role.STATISTIC, Tensor.of(Shape.of(1), 1));
    assertThat(groups.rateFactor(statistic)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"WEIGHT,0.89", "NORM,0.9", "BINARY_WEIGHT,0", "SCALE,0.95", "THRESHOLD,0.95"})
  void shouldTreatEachKindOfParameterItsOwnWay(Role role, float expected) {
    Parameter p = parameter(role, 1);

    assertThat(stepped(new Sgd(List.of(p), GROUPS, 0, false), p, 0.1, 1))
        .isCloseTo(expected, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"WEIGHT,0.89", "NORM,0.9", "BINARY_WEIGHT,0", "SCALE,0.95", "THRESHOLD,0.95"})
  void shouldStartAdamWithStepsOfTheRate(Role role, float expected) {
    Parameter p = parameter(role, 1); // the first step is rate * sign(gradient), decay apart

    assertThat(stepped(new Adam(List.of(p), GROUPS), p, 0.1, 1e-3f))
        .isCloseTo(expected, within(3e-5f));
  }

  @Test
  void shouldMakeAdamsSteps() {
    Parameter p = parameter(Role.WEIGHT, 1);
    Adam adam = new Adam(List.of(p), GROUPS);
    double w = 1;
    double m = 0;
    double v = 0;
    float[] gradients = {0.5f, -0.25f, 2, 0, 0.125f};
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double update = m / (1 - Math.pow(0.9, t)) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
      w = w * (1 - 0.01 * 0.1) - 0.01 * update;
      assertThat((double) stepped(adam, p, 0.01, gradients[t - 1]))
          .as("step %s", t)
          .isCloseTo(w, within(1e-5));
    }
  }

  private static Optimizer create(String kind, List<Parameter> parameters) {
    return kind.equals("sgd")
        ? new Sgd(parameters, GROUPS, 0.9, false)
        : new Adam(parameters, GROUPS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void shouldKeepMinimaAndLeaveStatisticsAlone(String kind) {
    Parameter bounded =
        new Parameter("tau", Role.THRESHOLD, Tensor.of(Shape.of(3), 0.01f, 5, 0), 0);
    Parameter free = new Parameter("b", Role.THRESHOLD, Tensor.of(Shape.of(1), 0.01f));
    Parameter statistic = new Parameter("mean", Role.STATISTIC, Tensor.of(Shape.of(1), 7));
    Optimizer optimizer = create(kind, List.of(bounded, statistic, free));
    for (int i = 0; i < 3; i++) {
      bounded.gradient().set(1, 1, -1);
      free.gradient().set(1);
      optimizer.step(0.1);
    }

    assertThat(bounded.value().get(0)).isZero();
    assertThat(bounded.value().get(1)).isBetween(4f, 4.95f);
    assertThat(bounded.value().get(2)).isGreaterThan(0.05f);
    assertThat(free.value().get(0)).isNegative();
    assertThat(statistic.value().get(0)).isEqualTo(7);
    assertThat(optimizer.state().keySet()).noneMatch(name -> name.startsWith("mean"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void shouldContinueFromItsState(String kind) {
    long seed = 3;
    Shape shape = Shape.of(9000); // more than one block, and a rest
    Parameter p = new Parameter("p", Role.WEIGHT, new RandomTensors(seed).uniform(shape, -1, 1));
    Optimizer first = create(kind, List.of(p));
    run(first, p, 0, 3);
    Parameter q = new Parameter("p", Role.WEIGHT, Tensor.of(shape, p.value().toArray()));
    Optimizer second = create(kind, List.of(q));
    first
        .state()
        .forEach(
            (name, values) ->
                System.arraycopy(values, 0, second.state().get(name), 0, values.length));

    run(first, p, 3, 6);
    run(second, q, 3, 6);

    assertThat(q.value().toArray()).as("seed %s", seed).isEqualTo(p.value().toArray());
    assertThat(second.state()).hasSameSizeAs(first.state());
  }

  private static void run(Optimizer optimizer, Parameter p, int from, int to) {
    for (int step = from; step < to; step++) {
      p.gradient().set(new RandomTensors(step).uniform(p.shape(), -1, 1).toArray());
      optimizer.step(0.05);
    }
  }

  @Test
  void shouldTreatEveryElementOfALongParameterAlike() {
    Parameter p = new Parameter("p", Role.NORM, Tensor.create(Shape.of(9000)).fill(1));
    p.gradient().fill(2);
    new Sgd(List.of(p), GROUPS, 0.9, false).step(0.25);

    assertThat(p.value().toArray()).containsOnly(0.5f);
    assertThat(p.gradient().toArray()).containsOnly(0);
  }
}

package ai.binealnet.match.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchLossTest {
  private static final Kernels KERNELS = new CpuKernels(1);
  private static final List<Homography> MAPS =
      List.of(Homography.translation(2, 0), new Homography(1, 0.1, -1, -0.05, 0.95, 1, 0, 0, 1));

  private final TensorPool pool = new TensorPool();

  private static LossConfig config(double signs) {
    return new LossConfig(4, 1, 1, 1, signs, 12, 4, 2.1, 4, 6);
  }

  private static Parameter parameter(String name, Shape shape, Random random) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Parameter(name, Parameter.Role.WEIGHT, Tensor.of(shape, values));
  }

  private double loss(LossConfig config, Parameter d, Parameter r, Parameter s) {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      return new MatchLoss(config).of(tape, d, r, s, MAPS, pool).value().get(0);
    }
  }

  private void backward(LossConfig config, Parameter d, Parameter r, Parameter s) {
    try (Tape tape = Tape.training(KERNELS, pool)) {
      tape.backward(new MatchLoss(config).of(tape, d, r, s, MAPS, pool));
    }
  }

  /**
   * The average precision has corners, where a difference means nothing, so a few probes may be
   * off.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldDifferentiate(long seed) {
    Random random = new Random(seed);
    Parameter d = parameter("d", Shape.of(4, 8, 9, 5), random);
    Parameter r = parameter("r", Shape.of(4, 8, 9, 1), random);
    Parameter s = parameter("s", Shape.of(4, 8, 9, 4), random);
    LossConfig config = config(0);
    backward(config, d, r, s);
    for (Parameter p : List.of(d, r, s)) {
      float[] gradient = p.gradient().toArray();
      double largest = 0;
      for (float g : gradient) {
        largest = Math.max(largest, Math.abs(g));
      }
      assertThat(largest).as("largest gradient of %s", p).isGreaterThan(1e-4);
      int off = 0;
      int probes = 0;
      for (int i = 0; i < gradient.length; i += Math.max(1, gradient.length / 60)) {
        double expected = difference(config, p, i, d, r, s);
        off += Math.abs(gradient[i] - expected) > 0.02 * largest ? 1 : 0;
        probes++;
      }
      assertThat(off).as("wrong of %d gradients of %s, seed %d", probes, p, seed).isLessThan(5);
    }
  }

  private double difference(
      LossConfig config, Parameter p, int i, Parameter d, Parameter r, Parameter s) {
    float step = 2e-3f;
    float x = p.value().get(i);
    p.value().set(i, x + step);
    double after = loss(config, d, r, s);
    double high = p.value().get(i);
    p.value().set(i, x - step);
    double before = loss(config, d, r, s);
    double low = p.value().get(i);
    p.value().set(i, x);
    return (after - before) / (high - low);
  }

  /** Where every component is +1 or -1, the signs are the descriptor: both losses must agree. */
  @Test
  void shouldPassTheGradientStraightThroughTheSign() {
    Random random = new Random(5);
    Parameter d = parameter("d", Shape.of(4, 6, 6, 16), random);
    Parameter r = parameter("r", Shape.of(4, 6, 6, 1), random);
    Parameter s = parameter("s", Shape.of(4, 6, 6, 4), random);
    for (int i = 0; i < d.value().size(); i++) {
      d.value().set(i, d.value().get(i) < 0 ? -1 : 1);
    }
    backward(config(0), d, r, s);
    float[] real = d.gradient().toArray();
    d.gradient().fill(0);
    backward(config(1), d, r, s);
    assertThat(loss(config(1), d, r, s)).isCloseTo(loss(config(0), d, r, s), within(1e-5));
    for (int i = 0; i < real.length; i++) {
      assertThat(d.gradient().get(i)).isCloseTo(real[i], within(1e-5f));
    }
  }

  /** Descriptors that tell every cell, moved as the pictures are, leave nothing to improve. */
  @Test
  void shouldBeLowForPerfectDescriptorsAndHighForEqualOnes() {
    int side = 12;
    Homography map = Homography.translation(4, 0); // two cells
    float[] perfect = new float[2 * side * side * 256];
    for (int i = 0; i < 2 * side * side; i++) {
      int picture = i / (side * side);
      int cell = i % (side * side);
      int x = cell % side - 2 * picture;
      perfect[i * 256 + (x + 2) % side * side + cell / side] = 1;
    }
    double good = precisionPart(perfect, side, map);
    java.util.Arrays.fill(perfect, 1);
    double bad = precisionPart(perfect, side, map);
    assertThat(good).as("all reliable, AP 1").isCloseTo(0.0, within(0.02));
    assertThat(bad).as("one of many").isBetween(0.9, 1.0);
  }

  private double precisionPart(float[] descriptors, int side, Homography map) {
    LossConfig config = new LossConfig(4, 0, 0, 1, 0, 20, 4, 1, 3, 5);
    Tensor trust = Tensor.create(Shape.of(2, side, side, 1)).fill(20);
    Tensor heat = Tensor.create(Shape.of(2, side, side, 4)).fill(0);
    try (Tape tape = Tape.evaluation(KERNELS, pool)) {
      return new MatchLoss(config)
          .of(
              tape,
              tape.input(Tensor.of(Shape.of(2, side, side, 256), descriptors)),
              tape.input(trust),
              tape.input(heat),
              List.of(map),
              pool)
          .value()
          .get(0);
    }
  }

  @Test
  void shouldSampleRightAndWrongOnesByTheirDistance() {
    LossConfig config = new LossConfig(4, 1, 1, 1, 0, 20, 4, 3, 5, 7);
    Queries queries = new Queries(config, 20, 20, 2, List.of(Homography.translation(5, 3)));
    assertThat(queries.distractors()).hasSize(100);
    Queries.Query query = queries.all().get(27);
    Point start = new Point(query.cell() % 20 * 2.0, query.cell() / 20 * 2.0);
    assertThat(query.there()).isEqualTo(new Point(start.x() + 5, start.y() + 3));
    for (int cell : queries.right(query)) {
      assertThat(place(cell).distance(query.there())).isLessThanOrEqualTo(3);
    }
    assertThat(queries.right(query)).hasSize(4);
    for (int cell : queries.near(query)) {
      assertThat(place(cell).distance(query.there())).isGreaterThan(5).isLessThanOrEqualTo(7);
    }
    assertThat(queries.near(query)).hasSizeBetween(8, 24);
    byte[] labels = new byte[100];
    queries.label(query, labels);
    for (int i = 0; i < 100; i++) {
      boolean near = place(queries.distractors()[i]).distance(query.there()) <= 5;
      assertThat(labels[i]).isEqualTo(near ? AveragePrecision.IGNORED : AveragePrecision.WRONG);
    }
    for (Queries.Query each : queries.all()) {
      assertThat(each.there().isInside(39, 39)).isTrue();
    }
  }

  private static Point place(int cell) {
    int inside = cell - 400; // the only second picture
    return new Point(inside % 20 * 2.0, inside / 20 * 2.0);
  }

  @Test
  void shouldTrainOnNothingWhereNothingIsShared() {
    Random random = new Random(3);
    Parameter d = parameter("d", Shape.of(2, 6, 6, 8), random);
    Parameter r = parameter("r", Shape.of(2, 6, 6, 1), random);
    Parameter s = parameter("s", Shape.of(2, 6, 6, 4), random);
    try (Tape tape = Tape.training(KERNELS, pool)) {
      tape.backward(
          new MatchLoss(config(0.5))
              .of(tape, d, r, s, List.of(Homography.translation(500, 0)), pool));
    }
    assertThat(d.gradient().toArray()).containsOnly(0);
  }

  @Test
  void shouldRefuseImpossibleSettings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossConfig(4, 1, 1, 1, 0, 20, 4, 5, 3, 7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossConfig(4, 1, 1, 1, 2, 20, 4, 1, 3, 7));
  }
}

package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseKernelsTest {
  /** Shapes that leave rests in tiles and between threads, with the thread count to use. */
  record Case(Shape shape, int threads, long seed) {
    Kernels kernels() {
      return new CpuKernels(threads);
    }

    Shape perChannel() {
      return Shape.of(shape.channels());
    }

    RandomTensors random() {
      return new RandomTensors(seed);
    }
  }

  static Stream<Case> cases() {
    Shape[] shapes = {
      Shape.of(1, 1), Shape.of(1, 1, 1, 3), Shape.of(5, 8), Shape.of(2, 3, 3, 3),
          Shape.of(3, 5, 7, 8),
      Shape.of(1, 9, 9, 24), Shape.of(2, 17, 5, 40), Shape.of(1, 41, 43, 1), Shape.of(3, 1601),
          Shape.of(2, 1, 1, 1536)
    };
    return IntStream.range(0, shapes.length).mapToObj(i -> new Case(shapes[i], 1 + i % 3, 100 + i));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldComputeMoments(Case c) {
    Tensor x = c.random().uniform(c.shape, 3, 5);
    Tensor mean = RandomTensors.garbage(c.perChannel());
    Tensor variance = RandomTensors.garbage(c.perChannel());

    c.kernels().moments(x, mean, variance);

    for (int k = 0; k < c.shape.channels(); k++) {
      double m = 0;
      double squares = 0;
      for (int i = k; i < x.size(); i += c.shape.channels()) {
        m += x.get(i) / (double) c.shape.rows();
      }
      for (int i = k; i < x.size(); i += c.shape.channels()) {
        squares += (x.get(i) - m) * (x.get(i) - m) / c.shape.rows();
      }
      assertThat((double) mean.get(k)).as("mean, %s", c).isCloseTo(m, within(2e-6));
      assertThat((double) variance.get(k)).as("variance, %s", c).isCloseTo(squares, within(2e-6));
    }
  }

  @Test
  void shouldComputeTheVarianceFarFromZero() {
    Tensor x = Tensor.of(Shape.of(4, 1), 100_001, 100_003, 100_001, 100_003);
    Tensor mean = Tensor.create(Shape.of(1));
    Tensor variance = Tensor.create(Shape.of(1));

    new CpuKernels(1).moments(x, mean, variance);

    assertThat(mean.get(0)).isEqualTo(100_002);
    assertThat(variance.get(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldRoundAffineTwice(Case c) {
    RandomTensors random = c.random();
    Tensor x = random.uniform(c.shape, -10, 10);
    Tensor scale = random.uniform(c.perChannel(), -2, 2);
    Tensor shift = random.uniform(c.perChannel(), -2, 2);
    float[] expected = x.toArray();
    for (int i = 0; i < expected.length; i++) {
      float product = expected[i] * scale.get(i % scale.size());
      expected[i] = product + shift.get(i % scale.size());
    }
    Tensor y = RandomTensors.garbage(c.shape);

    Tensor addend = new RandomTensors(7).uniform(x.shape(), -1, 1);
    Tensor sum = RandomTensors.garbage(x.shape());
    c.kernels().affine(x, scale, shift, y);
    c.kernels().affineAdd(x, scale, shift, addend, sum);
    for (int i = 0; i < x.size(); i++) {
      assertThat(sum.get(i)).as("element %s", i).isEqualTo(y.get(i) + addend.get(i));
    }
    c.kernels().affine(x, scale, shift, x);

    assertThat(y.toArray()).as("%s", c).isEqualTo(expected);
    assertThat(x.toArray()).as("in place, %s", c).isEqualTo(expected);
  }

  @Test
  void shouldNotFuseMultiplyAndAdd() {
    float a = 1 + 0x1p-12f; // a * a needs 25 bits: rounding it loses the last one
    Tensor x = Tensor.of(Shape.of(1, 1), a);
    Tensor shift = Tensor.of(Shape.of(1), -1 - 0x1p-11f);

    new CpuKernels(1).affine(x, Tensor.of(Shape.of(1), a), shift, x);

    assertThat(Math.fma(a, a, shift.get(0))).isEqualTo(0x1p-24f);
    assertThat(x.get(0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldComputeTheGradientOfBatchNorm(Case c) {
    RandomTensors random = c.random();
    int channels = c.shape.channels();
    Tensor x = random.uniform(c.shape, -1, 2);
    Tensor dy = random.uniform(c.shape, -1, 1);
    Tensor mean = random.uniform(c.perChannel(), 0, 1);
    Tensor inverse = random.uniform(c.perChannel(), 0.5, 2);
    Tensor gamma = random.uniform(c.perChannel(), -2, 2);
    double[] sum = new double[channels];
    double[] product = new double[channels];
    for (int i = 0; i < x.size(); i++) {
      sum[i % channels] += dy.get(i);
      product[i % channels] += dy.get(i) * hat(x, mean, inverse, i);
    }
    float[] expected = new float[x.size()];
    for (int i = 0; i < x.size(); i++) {
      int k = i % channels;
      expected[i] =
          (float)
              ((double) gamma.get(k)
                  * inverse.get(k)
                  * (dy.get(i)
                      - (sum[k] + hat(x, mean, inverse, i) * product[k]) / c.shape.rows()));
    }
    Tensor dgamma = Tensor.create(c.perChannel()).fill(1);
    Tensor dbeta = Tensor.create(c.perChannel()).fill(-1);

    c.kernels().batchNormBackward(x, mean, inverse, gamma, dy, dy, dgamma, dbeta);

    assertThat(dy.toArray()).as("dx, %s", c).containsExactly(expected, within(3e-5f));
    for (int k = 0; k < channels; k++) {
      assertThat(dgamma.get(k) - 1.0).as("dgamma, %s", c).isCloseTo(product[k], within(2e-4));
      assertThat(dbeta.get(k) + 1.0).as("dbeta, %s", c).isCloseTo(sum[k], within(2e-4));
    }
  }

  private static double hat(Tensor x, Tensor mean, Tensor inverse, int i) {
    return ((double) x.get(i) - mean.get(i % mean.size())) * inverse.get(i % mean.size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldComputePReluAndItsGradient(Case c) {
    RandomTensors random = c.random();
    Tensor x = random.uniform(c.shape, -1, 1);
    x.set(0, -0f);
    Tensor slope = random.uniform(c.perChannel(), -0.5, 1.5);
    Tensor dy = random.uniform(c.shape, -1, 1);
    float[] y = new float[x.size()];
    float[] dx = new float[x.size()];
    double[] dslope = new double[slope.size()];
    for (int i = 0; i < x.size(); i++) {
      float s = slope.get(i % slope.size());
      y[i] = x.get(i) >= 0 ? x.get(i) : x.get(i) * s;
      dx[i] = x.get(i) >= 0 ? dy.get(i) : dy.get(i) * s;
      dslope[i % slope.size()] += x.get(i) >= 0 ? 0 : (double) dy.get(i) * x.get(i);
    }
    Tensor actual = RandomTensors.garbage(c.shape);
    Tensor actualSlope = Tensor.create(slope.shape()).fill(2);

    c.kernels().prelu(x, slope, actual);
    c.kernels().preluBackward(x, slope, dy, dy, actualSlope);

    assertThat(actual.toArray()).as("y, %s", c).containsExactly(y, within(0f));
    assertThat(dy.toArray()).as("dx, %s", c).containsExactly(dx, within(1e-6f));
    for (int k = 0; k < dslope.length; k++) {
      assertThat(actualSlope.get(k) - 2.0).as("dslope, %s", c).isCloseTo(dslope[k], within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAddAndSumProducts(Case c) {
    RandomTensors random = c.random();
    Tensor a = random.uniform(c.shape, -1, 1);
    Tensor b = random.uniform(c.shape, -1, 1);
    float[] sum = new float[a.size()];
    double[] dots = new double[c.shape.channels()];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a.get(i) + b.get(i);
      dots[i % dots.length] += (double) a.get(i) * b.get(i);
    }
    Tensor target = Tensor.create(c.perChannel()).fill(3);

    c.kernels().channelDots(a, b, target);
    c.kernels().add(a, b, b);

    assertThat(b.toArray()).as("%s", c).isEqualTo(sum);
    for (int k = 0; k < dots.length; k++) {
      assertThat(target.get(k) - 3.0).as("%s", c).isCloseTo(dots[k], within(1e-4));
    }
  }
}

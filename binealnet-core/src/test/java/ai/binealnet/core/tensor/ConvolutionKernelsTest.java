package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.graph.ConvGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionKernelsTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  /** Float32 where the processor knows no bfloat16. */
  private static final Kernels ROUNDED = new CpuKernels(2, Precision.BFLOAT16);

  private static final int[] CHANNELS = {1, 3, 8, 24, 40};

  /** A convolution to try; sizes and channels rotate through the grid of geometries. */
  record Case(long seed, Shape x, Shape w, ConvGeometry geometry, int padding) {
    NaiveConvolution naive() {
      return new NaiveConvolution(x, w, geometry, padding);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int kernel : new int[] {1, 3, 5, 7}) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int dilation = 1; dilation <= 2; dilation++) {
          for (int padding = 0; padding <= 1; padding++) {
            int n = cases.size();
            int same = dilation * (kernel / 2);
            cases.add(of(n, kernel, kernel, stride, same, dilation, padding));
            cases.add(of(n + 1, kernel, 3, stride, n % 2, 1, padding));
          }
        }
      }
    }
    cases.add(of(100, 2, 2, 1, 0, 2, 0)); // even kernels
    cases.add(of(101, 2, 2, 2, 1, 1, 1));
    cases.add(of(102, 3, 3, 3, 1, 1, 1));
    for (int channels : CHANNELS) { // shortcuts that halve the resolution
      cases.add(
          new Case(
              103,
              Shape.of(3, 32, 32, channels),
              Shape.of(1, 1, channels, 16),
              new ConvGeometry(1, 1, 2, 0, 1),
              0));
    }
    return cases.stream();
  }

  private static Case of(
      int n, int kernelHeight, int kernelWidth, int stride, int pad, int dilation, int padding) {
    Shape x = Shape.of(1 + n % 3, 7 + n % 5, 9 + n % 4, CHANNELS[n % 5]);
    Shape w = Shape.of(kernelHeight, kernelWidth, x.channels(), CHANNELS[(n / 5 + n) % 5]);
    return new Case(
        n, x, w, new ConvGeometry(kernelHeight, kernelWidth, stride, pad, dilation), padding);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldConvolveSignsExactly(Case c) {
    RandomTensors random = new RandomTensors(c.seed);
    Tensor x = random.signs(c.x);
    Tensor w = random.signs(c.w);
    Tensor y = RandomTensors.garbage(c.naive().output());

    float[] expected = c.naive().forward(x.toArray(), w.toArray());

    KERNELS.convolve(x, w, y, c.geometry, c.padding, Precision.FLOAT32);
    assertThat(y.toArray()).as("%s", c).isEqualTo(expected);

    ROUNDED.convolve(x, w, y, c.geometry, c.padding, ROUNDED.precision());
    assertThat(y.toArray()).as("%s, %s", c, ROUNDED.precision()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldComputeGradientsOfIntegersExactly(Case c) {
    RandomTensors random = new RandomTensors(c.seed);
    Tensor x = random.integers(c.x, -3, 3);
    Tensor w = random.integers(c.w, -3, 3);
    Tensor dy = random.integers(c.naive().output(), -3, 3);
    float[] expectedDx = c.naive().backwardData(dy.toArray(), w.toArray());
    float[] expectedDw = c.naive().backwardWeights(x.toArray(), dy.toArray());

    for (Kernels kernels : List.of(KERNELS, ROUNDED)) {
      Tensor dx = RandomTensors.garbage(c.x);
      Tensor dw = RandomTensors.garbage(c.w);
      kernels.convolveBackward(x, w, dy, dx, dw, c.geometry, c.padding);
      assertThat(dx.toArray()).as("dx, %s, %s", c, kernels.precision()).isEqualTo(expectedDx);
      assertThat(dw.toArray()).as("dw, %s, %s", c, kernels.precision()).isEqualTo(expectedDw);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldComputeGradientsWithoutThatOfTheInput(Case c) {
    RandomTensors random = new RandomTensors(c.seed);
    Tensor x = random.signs(c.x);
    Tensor w = random.signs(c.w);
    Tensor dy = random.integers(c.naive().output(), -3, 3);
    Tensor dw = RandomTensors.garbage(c.w);

    KERNELS.convolveBackward(x, w, dy, null, dw, c.geometry, c.padding);

    assertThat(dw.toArray())
        .as("dw, %s", c)
        .isEqualTo(c.naive().backwardWeights(x.toArray(), dy.toArray()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldConvolveRealNumbersClosely(Case c) {
    RandomTensors random = new RandomTensors(c.seed);
    Tensor x = random.uniform(c.x, -1, 1);
    Tensor w = random.uniform(c.w, -1, 1);
    Tensor y = RandomTensors.garbage(c.naive().output());

    KERNELS.convolve(x, w, y, c.geometry, c.padding, Precision.FLOAT32);

    assertThat(y.toArray())
        .as("%s", c)
        .containsExactly(c.naive().forward(x.toArray(), w.toArray()), within(1e-4f));
  }
}

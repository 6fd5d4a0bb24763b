package ai.binealnet.core.autograd;

import static ai.binealnet.core.autograd.GradientCheck.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorGradientsTest {
  @ParameterizedTest
  @CsvSource({
    "1,1,1,0,0",
    "3,1,1,1,0",
    "3,1,1,1,1",
    "3,2,1,1,1",
    "3,2,2,2,1",
    "5,2,1,2,0",
    "3,1,2,0,1",
    "7,2,1,3,1"
  })
  void shouldDifferentiateConvolution(int kernel, int stride, int dilation, int pad, int padding) {
    long seed = kernel * 100L + stride * 10L + dilation;
    RandomTensors random = new RandomTensors(seed);
    ConvGeometry geometry = new ConvGeometry(kernel, kernel, stride, pad, dilation);
    Parameter x = parameter("x", random.uniform(Shape.of(2, 9, 8, 3), -1, 1));
    Parameter w = parameter("w", random.uniform(Shape.of(kernel, kernel, 3, 5), -1, 1));

    new GradientCheck(seed, tape -> Convolution.conv2d(tape, x, w, geometry, padding, false))
        .verify(x, w);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDifferentiateBatchNorm(long seed) {
    RandomTensors random = new RandomTensors(seed);
    Shape perChannel = Shape.of(4);
    Parameter x = parameter("x", random.uniform(Shape.of(3, 3, 2, 4), -1, 2));
    Parameter gamma = parameter("gamma", random.uniform(perChannel, 0.5, 2));
    Parameter beta = parameter("beta", random.uniform(perChannel, -1, 1));
    Parameter mean =
        new Parameter("mean", Parameter.Role.STATISTIC, Tensor.create(perChannel).fill(0));
    Parameter variance =
        new Parameter("variance", Parameter.Role.STATISTIC, Tensor.create(perChannel).fill(1));

    new GradientCheck(
            seed,
            tape ->
                Normalization.withBatchStatistics(tape, x, gamma, beta, mean, variance, 0.1f, null))
        .tolerance(5e-3)
        .verify(x, gamma, beta);

    Parameter addend = parameter("addend", random.uniform(x.shape(), -1, 1));
    new GradientCheck(
            seed,
            tape ->
                Normalization.withBatchStatistics(
                    tape, x, gamma, beta, mean, variance, 0.1f, addend))
        .tolerance(5e-3)
        .verify(x, gamma, beta, addend);
  }

  @Test
  void shouldDifferentiateBias() {
    RandomTensors random = new RandomTensors(11);
    Parameter x = parameter("x", random.uniform(Shape.of(2, 3, 2, 5), -1, 1));
    Parameter bias = parameter("bias", random.uniform(Shape.of(5), -1, 1));

    new GradientCheck(11, tape -> Activation.addBias(tape, x, bias)).verify(x, bias);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void shouldDifferentiatePRelu(long seed) {
    RandomTensors random = new RandomTensors(seed);
    Parameter x =
        parameter(
            "x", random.distinct(Shape.of(2, 5, 3, 6), 0.05f)); // none within a step of the kink
    Parameter slope = parameter("slope", random.uniform(Shape.of(6), -0.5, 1.5));

    new GradientCheck(seed, tape -> Activation.prelu(tape, x, slope)).verify(x, slope);
  }

  @Test
  void shouldDifferentiatePReluOfAFixedSlope() {
    Parameter x = parameter("x", new RandomTensors(6).distinct(Shape.of(2, 5, 3, 6), 0.05f));
    Parameter slope =
        new Parameter("slope", Parameter.Role.STATISTIC, Tensor.create(Shape.of(6)).fill(0.5f));

    new GradientCheck(6, tape -> Activation.prelu(tape, x, slope)).verify(x);
    assertThat(slope.gradient()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"7,4,6,2", "8,7,5,2", "9,6,6,3"})
  void shouldDifferentiateAveragePooling(long seed, int height, int width, int size) {
    Parameter x =
        parameter("x", new RandomTensors(seed).uniform(Shape.of(2, height, width, 3), -1, 1));

    new GradientCheck(seed, tape -> Pooling.average(tape, x, size)).verify(x);
  }

  @ParameterizedTest
  @CsvSource({"10,2,2,0", "11,3,2,1", "12,3,1,1"})
  void shouldDifferentiateMaximumPooling(long seed, int kernel, int stride, int pad) {
    Parameter x = parameter("x", new RandomTensors(seed).distinct(Shape.of(2, 7, 8, 3), 0.05f));
    ConvGeometry geometry = new ConvGeometry(kernel, kernel, stride, pad, 1);

    new GradientCheck(seed, tape -> Pooling.max(tape, x, geometry)).verify(x);
  }

  @Test
  void shouldDifferentiateGlobalPooling() {
    Parameter x = parameter("x", new RandomTensors(13).uniform(Shape.of(3, 5, 4, 7), -1, 1));

    new GradientCheck(13, tape -> Pooling.global(tape, x, 1f / 32)).verify(x);
  }

  @ParameterizedTest
  @CsvSource({"20,1,3,2", "21,4,5,2", "22,3,2,3"})
  void shouldDifferentiateUpSampling(long seed, int height, int width, int factor) {
    Parameter x =
        parameter("x", new RandomTensors(seed).uniform(Shape.of(2, height, width, 3), -1, 1));

    new GradientCheck(seed, tape -> Resampling.nearest(tape, x, factor)).verify(x);
  }

  @ParameterizedTest
  @CsvSource({"23,1,3,2", "24,4,5,2", "25,3,2,3"})
  void shouldDifferentiateDepthToSpace(long seed, int height, int width, int factor) {
    Shape shape = Shape.of(2, height, width, 3 * factor * factor);
    Parameter x = parameter("x", new RandomTensors(seed).uniform(shape, -1, 1));

    new GradientCheck(seed, tape -> Resampling.depthToSpace(tape, x, factor)).verify(x);
  }

  @Test
  void shouldDifferentiateFactorsAndShiftsOfChannels() {
    RandomTensors random = new RandomTensors(26);
    Parameter x = parameter("x", random.uniform(Shape.of(2, 3, 4, 5), -1, 1));
    Parameter scale = parameter("scale", random.uniform(Shape.of(5), -2, 2));
    Parameter shift = parameter("shift", random.uniform(Shape.of(5), -1, 1));
    Parameter addend = parameter("addend", random.uniform(x.shape(), -1, 1));

    new GradientCheck(26, tape -> PerChannel.affine(tape, x, scale, 1, shift, null))
        .verify(x, scale, shift);
    new GradientCheck(27, tape -> PerChannel.affine(tape, x, scale, 0.5f, shift, addend))
        .verify(x, scale, shift, addend);
  }

  @Test
  void shouldDifferentiateTheFullyConnectedLayer() {
    RandomTensors random = new RandomTensors(14);
    Parameter x = parameter("x", random.uniform(Shape.of(5, 9), -1, 1));
    Parameter w = parameter("w", random.uniform(Shape.of(4, 9), -1, 1));
    Parameter bias = parameter("bias", random.uniform(Shape.of(4), -1, 1));

    new GradientCheck(14, tape -> FullyConnected.linear(tape, x, w, bias)).verify(x, w, bias);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.6f})
  void shouldDifferentiateSoftmaxCrossEntropy(float smoothing) {
    Parameter logits = parameter("logits", new RandomTensors(15).uniform(Shape.of(4, 6), -3, 3));
    int[] labels = {2, 0, 5, 2};

    new GradientCheck(15, tape -> Loss.softmaxCrossEntropy(tape, logits, labels, smoothing))
        .verify(logits);
  }

  @Test
  void shouldAddUpGradientsOfASharedInput() {
    RandomTensors random = new RandomTensors(16);
    Parameter x = parameter("x", random.distinct(Shape.of(2, 3, 4, 5), 0.05f));
    Parameter slope = parameter("slope", random.uniform(Shape.of(5), 0, 0.5));

    new GradientCheck(16, tape -> Activation.add(tape, x, x)).verify(x);
    new GradientCheck(
            17,
            tape -> {
              Variable shared = Activation.prelu(tape, x, slope);
              return Activation.add(
                  tape, Activation.prelu(tape, shared, slope), Activation.add(tape, shared, x));
            })
        .verify(x, slope);
  }

  @ParameterizedTest
  @ValueSource(longs = {18, 19, 20})
  void shouldDifferentiateASmallNetwork(long seed) {
    RandomTensors random = new RandomTensors(seed);
    ConvGeometry window = ConvGeometry.same(3, 1);
    Parameter x = parameter("x", random.uniform(Shape.of(3, 5, 4, 2), -1, 1));
    Parameter w1 = parameter("w1", random.uniform(Shape.of(3, 3, 2, 4), -1, 1));
    Parameter w2 = parameter("w2", random.uniform(Shape.of(3, 3, 4, 4), -0.5, 0.5));
    Parameter gamma = parameter("gamma", random.uniform(Shape.of(4), 0.5, 1.5));
    Parameter beta = parameter("beta", random.uniform(Shape.of(4), -1, 1));
    Parameter mean =
        new Parameter("mean", Parameter.Role.STATISTIC, Tensor.create(Shape.of(4)).fill(0));
    Parameter variance =
        new Parameter("variance", Parameter.Role.STATISTIC, Tensor.create(Shape.of(4)).fill(1));
    Parameter slope = parameter("slope", random.uniform(Shape.of(4), 0.9, 1.1)); // hardly a kink
    Parameter head = parameter("head", random.uniform(Shape.of(3, 4), -1, 1));
    Parameter bias = parameter("bias", random.uniform(Shape.of(3), -1, 1));

    new GradientCheck(
            seed,
            tape -> {
              Variable y = Convolution.conv2d(tape, x, w1, window, 1, false);
              y =
                  Normalization.withBatchStatistics(
                      tape, y, gamma, beta, mean, variance, 0.1f, null);
              y = Activation.prelu(tape, y, slope);
              y = Activation.add(tape, y, Convolution.conv2d(tape, y, w2, window, 0, false));
              y = Pooling.global(tape, y, 1f / 16);
              y = FullyConnected.linear(tape, y, head, bias);
              return Loss.softmaxCrossEntropy(tape, y, new int[] {0, 1, 2}, 0.1f);
            })
        .tolerance(1e-2)
        .verify(x, w1, w2, gamma, beta, slope, head, bias);
  }
}

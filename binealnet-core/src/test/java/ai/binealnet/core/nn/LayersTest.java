package ai.binealnet.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.binary.AlphaShape;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  private static float[] evaluate(Layer layer, Tensor x) {
    try (Tape tape = Tape.evaluation(KERNELS, new TensorPool())) {
      return layer.forward(tape, tape.input(x)).value().toArray();
    }
  }

  private static BinaryConv2d binary(ScalePosition scale, boolean binaryInput) {
    return new BinaryConv2d(
        "conv",
        8,
        5,
        ConvGeometry.same(3, 2),
        AlphaShape.OUT,
        scale,
        binaryInput,
        new Initializer(3));
  }

  @Test
  void shouldAddABiasToEachChannel() {
    Bias bias = new Bias("bias", 2, 0.5f);
    bias.parameters().get(0).value().set(1, -1.5f);
    Value image = new Value("image", 1, 2, 2);
    GraphBuilder graph = new GraphBuilder(image);

    bias.emit(graph, image);

    float[] y = evaluate(bias, Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4));
    assertThat(y).containsExactly(1.5f, 0.5f, 3.5f, 2.5f);
    ModelGraph built = graph.build("bias", List.of(new Value("bias", 1, 2, 2)), Map.of());
    assertThat(built.nodes().get(0))
        .isInstanceOfSatisfying(
            ai.binealnet.core.graph.Affine.class,
            affine -> {
              assertThat(affine.scale()).containsExactly(1, 1);
              assertThat(affine.shift()).containsExactly(0.5f, -1.5f);
            });
  }

  @ParameterizedTest
  @EnumSource
  void shouldComputeIntegersBeforeScales(ScalePosition scale) {
    Tensor x = new RandomTensors(1).signs(Shape.of(2, 7, 6, 8));
    BinaryConv2d layer = binary(scale, true);
    float[] integers = evaluate(binary(ScalePosition.NONE, true), x);
    List<Parameter> parameters = layer.parameters();

    float[] y = evaluate(layer, x);

    for (int i = 0; i < y.length; i++) {
      assertThat(integers[i]).isBetween(-72f, 72f).isEqualTo((float) Math.rint(integers[i]));
      assertThat(integers[i] % 2).as("a sum of 72 odd numbers is even").isZero();
      float factor =
          scale == ScalePosition.NONE
              ? 1
              : parameters.get(2).value().get(i % 5) * parameters.get(3).value().get(0);
      assertThat(y[i]).isEqualTo(integers[i] * factor);
    }
  }

  @Test
  void shouldPadBinaryInputsWithOneAndRealOnesWithZero() {
    Tensor ones = Tensor.create(Shape.of(1, 3, 3, 8)).fill(1);
    BinaryConv2d bits = binary(ScalePosition.NONE, true);
    float[] y = evaluate(bits, ones);
    float[] weights = bits.parameters().get(0).value().toArray();
    for (int o = 0; o < 5; o++) {
      int sum = 0;
      for (int i = o; i < weights.length; i += 5) {
        sum += weights[i] >= 0 ? 1 : -1;
      }
      for (int pixel = 0; pixel < 4; pixel++) {
        assertThat(y[pixel * 5 + o]).as("every window of ones sees ones only").isEqualTo(sum);
      }
    }
    assertThat(evaluate(binary(ScalePosition.NONE, false), ones)).isNotEqualTo(y);
  }

  @Test
  void shouldScaleTheSameInTrainingAndEvaluation() {
    Tensor x = new RandomTensors(2).signs(Shape.of(2, 5, 5, 8));
    for (ScalePosition scale : ScalePosition.values()) {
      BinaryConv2d layer = binary(scale, true);
      try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
        float[] training = layer.forward(tape, tape.input(x)).value().toArray();
        assertThat(training).as("%s", scale).containsExactly(evaluate(layer, x), within(1e-4f));
      }
    }
  }

  @Test
  void shouldStartWithLambdaAtTheMeanMagnitudeOfTheWeights() {
    List<Parameter> parameters = binary(ScalePosition.BEFORE, true).parameters();
    assertThat(parameters)
        .extracting(Parameter::name)
        .containsExactly("conv.weight", "conv.alpha", "conv.lambda", "conv.k");
    float[] weights = parameters.get(0).value().toArray();
    for (int o = 0; o < 5; o++) {
      double mean = 0;
      for (int i = o; i < weights.length; i += 5) {
        mean += Math.abs(weights[i]) / 72;
      }
      assertThat((double) parameters.get(2).value().get(o)).isCloseTo(mean, within(1e-6));
    }
    assertThat(parameters.subList(1, 4)).allMatch(p -> p.minimum() > 0);
  }

  static Stream<Layer> layers() {
    Initializer init = new Initializer(5);
    ConvGeometry window = ConvGeometry.same(3, 2);
    Quantizer quantizer = new Quantizer("quant", 4, -1);
    return Stream.of(
        binary(ScalePosition.NONE, true),
        binary(ScalePosition.BEFORE, true),
        binary(ScalePosition.AFTER, false),
        new Conv2d("conv", 8, 5, window, WeightType.FLOAT, true, init),
        new Conv2d("conv", 8, 5, window, WeightType.INT8, false, init),
        Conv2d.of(
            "conv",
            window,
            WeightType.INT8,
            new RandomTensors(7).uniform(Shape.of(3, 3, 8, 5), -1, 1)),
        new BatchNorm("norm", 8),
        new ChannelAffine("affine", 8, 0.25f, 0.3f, 2),
        new BinaryActivation("act", 8, 0.25f, true),
        PRelu.learned("prelu", 8),
        PRelu.relu("relu", 8),
        quantizer,
        new AveragePool2d("average", 2),
        new MaxPool2d("max", window),
        new GlobalPool("pool"),
        Sequential.of(new GlobalPool("pool"), new Linear("linear", 8, 3, WeightType.INT8, init)),
        Sequential.of(new GlobalPool("pool"), new Linear("linear", 8, 3, WeightType.FLOAT, init)),
        new Sum("sum", quantizer, new Sum("inner", PRelu.learned("p", 8), Sequential.of())));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldEmitWhatItComputes(Layer layer) {
    long seed = 6;
    RandomTensors random = new RandomTensors(seed);
    Tensor x = random.signs(Shape.of(2, 7, 6, 8));
    for (Parameter p : layer.parameters()) { // away from the identity that some layers start as
      p.value().set(random.uniform(p.shape(), 0.1, 1).toArray());
    }
    Value image = new Value("x", 7, 6, 8);
    GraphBuilder graph = new GraphBuilder(image);
    Value output = layer.emit(graph, image);
    ModelGraph model = graph.build("test", List.of(output), Map.of());

    Tensor y = GraphInterpreter.run(model, x).get(output.name());

    assertThat(y.toArray()).as("seed %s", seed).isEqualTo(evaluate(layer, x));
    assertThat(y.shape().channels()).isEqualTo(output.channels());
    if (y.shape().rank() == 4) {
      assertThat(y.shape())
          .isEqualTo(Shape.of(2, output.height(), output.width(), output.channels()));
    }
  }

  @Test
  void shouldNameTheLayerThatMeetsNaN() {
    Tensor x = Tensor.create(Shape.of(2, 2, 2, 8)).fill(Float.NaN);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> evaluate(new BinaryActivation("stage1.act", 8, 1, true), x))
        .withMessageStartingWith("stage1.act: ");
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> new BatchNorm("stage1.norm", 8).forward(tape, tape.input(x)))
          .withMessageStartingWith("stage1.norm: ");
    }
  }

  @Test
  void shouldListASharedParameterOnce() {
    Quantizer quantizer = new Quantizer("a", 8, -4);
    Layer both =
        Sequential.of(new Sum("sum", quantizer, quantizer.sharedAs("b")), quantizer.sharedAs("c"));

    assertThat(both.parameters()).extracting(Parameter::name).containsExactly("a.log2scale");
  }

  @Test
  void shouldBoundSlopesBelowOnlyWhereTheyAreClipped() {
    assertThat(new BinaryActivation("a", 1, 1, true).parameters().get(1).minimum()).isZero();
    assertThat(new BinaryActivation("a", 1, 1, false).parameters().get(1).minimum())
        .isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(PRelu.learned("p", 1).parameters().get(0).minimum()).isZero();
    assertThat(PRelu.relu("p", 1).parameters()).isEmpty();
  }

  @Test
  void shouldDrawWeightsFromTheSeed() {
    Shape shape = Shape.of(3, 3, 40, 50);
    float[] weights = new Initializer(7).he(shape, 360).toArray();
    double squares = 0;
    for (float w : weights) {
      squares += (double) w * w / weights.length;
    }

    assertThat(squares).isCloseTo(2.0 / 360, within(2e-4));
    assertThat(new Initializer(7).he(shape, 360).toArray()).isEqualTo(weights);
    assertThat(new Initializer(8).he(shape, 360).toArray()).isNotEqualTo(weights);
  }

  @Test
  void shouldRefuseOptionsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Conv2d(
                    "c",
                    1,
                    1,
                    ConvGeometry.same(3, 1),
                    WeightType.BINARY,
                    true,
                    new Initializer(1)));
    BinaryOptions d = BinaryOptions.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BinaryOptions(
                    true,
                    true,
                    d.alpha(),
                    d.scale(),
                    2,
                    3,
                    true,
                    1,
                    true,
                    BinaryOptions.Shortcut.INT8))
        .withMessageContaining("2");
  }
}

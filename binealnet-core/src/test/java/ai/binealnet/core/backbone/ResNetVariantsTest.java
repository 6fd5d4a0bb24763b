package ai.binealnet.core.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.AlphaShape;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Op;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.BinaryOptions.Shortcut;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.GraphInterpreter;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.ScalePosition;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResNetVariantsTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  private static BinaryOptions options(
      boolean weights,
      boolean activations,
      AlphaShape alpha,
      ScalePosition scale,
      int skip,
      int down,
      boolean clip,
      boolean quantizedSum,
      Shortcut shortcut) {
    return new BinaryOptions(
        weights,
        activations,
        alpha,
        scale,
        skip,
        down,
        clip,
        clip ? 1 : 0.25f,
        quantizedSum,
        shortcut);
  }

  /** The variants of the published ablation. */
  private static List<BinaryOptions> variants() {
    AlphaShape out = AlphaShape.OUT;
    ScalePosition none = ScalePosition.NONE;
    Shortcut binary = Shortcut.BINARY;
    return List.of(
        BinaryOptions.defaults(),
        options(true, false, out, ScalePosition.BEFORE, 1, 1, true, true, binary),
        options(false, true, out, none, 1, 3, true, true, binary),
        options(false, false, out, none, 1, 3, true, true, binary),
        options(true, true, AlphaShape.OUT_IN, none, 3, 3, false, true, Shortcut.INT8),
        options(true, true, AlphaShape.FULL, none, 1, 1, true, false, Shortcut.INT8),
        options(true, true, out, ScalePosition.BEFORE, 3, 1, true, true, binary),
        options(true, true, out, ScalePosition.AFTER, 1, 3, true, false, binary));
  }

  static Stream<NetworkCase> cases() {
    List<NetworkCase> cases = new ArrayList<>();
    for (BinaryOptions variant : variants()) {
      cases.add(
          new NetworkCase(
              new BackboneConfig("resnet8", 0.5, BlockKind.BINEAL, StemKind.FAST, variant), 16));
      cases.add(
          new NetworkCase(
              new BackboneConfig("resnet8", 0.5, BlockKind.STREAM, StemKind.FAST, variant), 16));
    }
    for (BlockKind block : BlockKind.values()) {
      BinaryOptions options = BinaryOptions.defaults();
      cases.add(
          new NetworkCase(new BackboneConfig("resnet20", 0.5, block, StemKind.CIFAR, options), 8));
      cases.add(
          new NetworkCase(
              new BackboneConfig("resnet18", 0.125, block, StemKind.IMAGENET, options), 64));
      cases.add(
          new NetworkCase(
              new BackboneConfig("resnet18", 0.125, block, StemKind.CIFAR, options), 16));
    }
    return cases.stream();
  }

  private static Variable loss(Layer network, Tape tape, Tensor images) {
    return Loss.softmaxCrossEntropy(
        tape, network.forward(tape, tape.input(images)), new int[] {0, 1, 2, 0}, 0.1f);
  }

  private static void clearGradients(Layer network) {
    network.parameters().stream().filter(Parameter::isTrained).forEach(p -> p.gradient().fill(0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldGiveEveryParameterAGradient(NetworkCase c) {
    Layer network = c.network();
    assertThat(network.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    clearGradients(network);

    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      Variable loss = loss(network, tape, c.images(31));
      tape.backward(loss);
      assertThat(loss.value().get(0)).isFinite().isPositive();
    }

    for (Parameter parameter : network.parameters()) {
      if (parameter.isTrained()) {
        double sum = 0;
        for (float g : parameter.gradient().toArray()) {
          sum += Math.abs(g);
        }
        assertThat(sum).as("gradient of %s, %s", parameter, c).isFinite().isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldTakeNoMoreMemoryAfterTheFirstSteps(NetworkCase c) {
    Layer network = c.network();
    TensorPool pool = new TensorPool();
    long second = 0;
    for (int step = 1; step <= 4; step++) {
      try (Tape tape = Tape.training(KERNELS, pool)) {
        tape.backward(loss(network, tape, c.images(step)));
      }
      second = step == 2 ? pool.allocatedBytes() : second;
    }
    assertThat(pool.allocatedBytes()).isEqualTo(second).isPositive();
  }

  /** Values that a trained evaluation shows, by name. */
  private static Map<String, float[]> evaluate(Layer network, Tensor images) {
    Map<String, float[]> seen = new LinkedHashMap<>();
    try (Tape tape =
        Tape.evaluation(KERNELS, new TensorPool())
            .observedBy(
                (name, value) -> assertThat(seen.put(name, value.toArray())).as(name).isNull())) {
      network.forward(tape, tape.input(images));
    }
    return seen;
  }

  /** Moves statistics, thresholds and slopes to values that training could reach. */
  private static void disturb(Layer network, NetworkCase c) {
    RandomTensors random = new RandomTensors(41);
    for (Parameter p : network.parameters()) {
      if (p.role() == Parameter.Role.THRESHOLD || p.role() == Parameter.Role.NORM) {
        Tensor noise = random.uniform(p.shape(), -0.2, 0.2);
        for (int i = 0; i < noise.size(); i++) {
          p.value().set(i, Math.max(p.minimum(), p.value().get(i) + noise.get(i)));
        }
      }
    }
    for (int pass = 0; pass < 3; pass++) {
      try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
        network.forward(tape, tape.input(c.images(50 + pass)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldEmitTheGraphOfItsEvaluation(NetworkCase c) {
    Layer network = c.network();
    disturb(network, c);
    Tensor images = c.images(32);
    Map<String, float[]> seen = evaluate(network, images);
    Value image = new Value("image", c.side(), c.side(), 3);
    GraphBuilder builder = new GraphBuilder(image);
    Value logits = network.emit(builder, image);
    ModelGraph graph = builder.build(c.config().title(), List.of(logits), Map.of());

    Map<String, Tensor> values = GraphInterpreter.run(graph, images);

    for (Node node : graph.nodes()) {
      Op op = node.op();
      if (op == Op.BINARIZE || op == Op.QUANTIZE || op == Op.MAX_POOL || op == Op.LINEAR) {
        assertThat(seen).as("%s of %s", node.name(), c).containsKey(node.outputs().get(0));
      }
    }
    seen.forEach(
        (name, value) ->
            assertThat(values.get(name).toArray()).as("%s of %s", name, c).isEqualTo(value));
    assertThat(logits.name()).isEqualTo("logits");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldEvaluateTheSameEveryTime(NetworkCase c) {
    Layer network = c.network();
    disturb(network, c);
    List<float[]> parameters = network.parameters().stream().map(p -> p.value().toArray()).toList();

    float[] first = evaluate(network, c.images(33)).get("logits");
    float[] second = evaluate(network, c.images(33)).get("logits");

    assertThat(second).as("%s", c).isEqualTo(first);
    assertThat(network.parameters().stream().map(p -> p.value().toArray()).toList())
        .as("evaluation changes nothing")
        .usingRecursiveComparison()
        .isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({"BINEAL", "STREAM"})
  void shouldEvaluateAPictureTheSameInAnyBatch(BlockKind block) {
    NetworkCase c =
        new NetworkCase(
            new BackboneConfig("resnet8", 1, block, StemKind.FAST, BinaryOptions.defaults()), 16);
    Layer network = c.network();
    disturb(network, c);
    Tensor images = c.images(34);
    float[] all = evaluate(network, images).get("logits");
    float[] pixels = new float[images.size() / NetworkCase.BATCH];
    for (int n = 0; n < NetworkCase.BATCH; n++) {
      images.read(n * pixels.length, pixels, pixels.length);
      float[] one = evaluate(network, Tensor.of(Shape.of(1, 16, 16, 3), pixels)).get("logits");
      assertThat(one)
          .as("picture %s", n)
          .containsExactly(
              java.util.Arrays.copyOfRange(
                  all, n * NetworkCase.CLASSES, (n + 1) * NetworkCase.CLASSES));
    }
  }
}

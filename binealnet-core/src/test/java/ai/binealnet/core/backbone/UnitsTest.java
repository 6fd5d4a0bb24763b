package ai.binealnet.core.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.DepthToSpace;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.GraphInterpreter;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Join;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Upsample;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dense network of every kind: dilated backbone, neck with a lateral skip, two outputs. */
class UnitsTest {
  private static final Kernels KERNELS = new CpuKernels(2);
  private static final Shape IMAGES = Shape.of(2, 24, 16, 3);

  /** The parts, and what is computed of them. */
  private record Network(
      Backbone backbone,
      Layer widen,
      Layer up,
      Join lateral,
      Layer hidden,
      Layer maps,
      Layer fine) {
    static Network of(BlockKind block) {
      BackboneConfig config =
          new BackboneConfig("resnet8", 0.5, block, StemKind.FAST, BinaryOptions.defaults(), 4);
      Initializer init = new Initializer(5);
      Backbone backbone = ResNet.create(config, init);
      Units units = new Units(config, init);
      List<Integer> channels = backbone.channels();
      return new Network(
          backbone,
          units.convolution("neck.conv", channels.get(2), 16),
          new Upsample("neck.up"),
          units.lateral("neck.lateral", channels.get(0), 16),
          units.hidden("head.hidden", 16, 16),
          units.output("head.maps", 16, 5, 1, -2),
          Sequential.of(units.output("head.sub", 16, 12, 3, 0), new DepthToSpace("head.fine", 2)));
    }

    List<Variable> forward(Tape tape, Variable x) {
      List<Variable> stages = backbone.features(tape, x);
      Variable coarse = up.forward(tape, widen.forward(tape, stages.get(2)));
      Variable y = hidden.forward(tape, lateral.forward(tape, stages.get(0), coarse));
      return List.of(maps.forward(tape, y), fine.forward(tape, y));
    }

    ModelGraph graph() {
      Value image = new Value("image", IMAGES.dim(1), IMAGES.dim(2), 3);
      GraphBuilder graph = new GraphBuilder(image);
      List<Value> stages = backbone.emitFeatures(graph, image);
      Value coarse = up.emit(graph, widen.emit(graph, stages.get(2)));
      Value y = hidden.emit(graph, lateral.emit(graph, stages.get(0), coarse));
      List<Value> outputs = List.of(maps.emit(graph, y), fine.emit(graph, y));
      return graph.build("dense", outputs, Map.of());
    }

    List<Parameter> parameters() {
      return Stream.of(
              backbone.parameters(),
              widen.parameters(),
              lateral.parameters(),
              hidden.parameters(),
              maps.parameters(),
              fine.parameters())
          .flatMap(List::stream)
          .distinct()
          .toList();
    }
  }

  private static Tensor images(long seed) {
    Tensor pixels = new RandomTensors(seed).integers(IMAGES, -128, 127);
    for (int i = 0; i < pixels.size(); i++) {
      pixels.set(i, pixels.get(i) / 64);
    }
    return pixels;
  }

  @ParameterizedTest
  @EnumSource
  void shouldEmitWhatItEvaluates(BlockKind block) {
    Network network = Network.of(block);
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      network.forward(tape, tape.input(images(1)));
    }
    Map<String, float[]> seen = new LinkedHashMap<>();
    Tensor images = images(2);
    try (Tape tape =
        Tape.evaluation(KERNELS, new TensorPool())
            .observedBy((name, value) -> seen.put(name, value.toArray()))) {
      List<Variable> outputs = network.forward(tape, tape.input(images));
      assertThat(outputs.get(0).shape()).isEqualTo(Shape.of(2, 12, 8, 5));
      assertThat(outputs.get(1).shape()).isEqualTo(Shape.of(2, 24, 16, 3));
    }
    ModelGraph graph = network.graph();

    Map<String, Tensor> values = GraphInterpreter.run(graph, images);

    assertThat(graph.outputs()).containsExactly("head.maps", "head.fine");
    assertThat(seen).containsKeys("head.maps", "head.fine", "neck.up");
    seen.forEach((name, value) -> assertThat(values.get(name).toArray()).as(name).isEqualTo(value));
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainEveryParameter(BlockKind block) {
    Network network = Network.of(block);
    assertThat(network.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    try (Tape tape = Tape.training(KERNELS, new TensorPool())) {
      List<Variable> y = network.forward(tape, tape.input(images(3)));
      Variable loss =
          tape.record(
              tape.allocate(Shape.of(1)),
              dy -> {
                tape.release(dy);
                for (Variable output : y) {
                  Tensor gradient = tape.allocate(output.shape());
                  gradient.copyFrom(new RandomTensors(4).uniform(output.shape(), -1, 1));
                  tape.accumulate(output, gradient);
                }
              });
      tape.backward(loss);
    }

    for (Parameter parameter : network.parameters()) {
      if (parameter.isTrained()) {
        double sum = 0;
        for (float g : parameter.gradient().toArray()) {
          sum += Math.abs(g);
        }
        assertThat(sum).as("gradient of %s, %s", parameter, block).isFinite().isPositive();
      }
    }
  }
}

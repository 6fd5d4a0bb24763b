package ai.binealnet.deploy.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.ResNet;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.backbone.Units;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.Bias;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.Blocks;
import ai.binealnet.core.nn.ChannelAffine;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.DepthToSpace;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Join;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.PRelu;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.StreamSum;
import ai.binealnet.core.nn.Upsample;
import ai.binealnet.core.nn.Value;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.runtime.Kernels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose results are images compute on a device what they compute in training. */
class DenseTrainingTest {
  private static final ImageSpec SPEC = ImageSpec.rgb(16, 24);

  @TempDir Path folder;

  private static final class Detector {
    private final Backbone backbone;
    private final Layer widen;
    private final Layer up = new Upsample("neck.up");
    private final Join lateral;
    private final Layer hidden;
    private final Layer maps;
    private final Layer sizes;

    Detector(BlockKind block, int outputStride) {
      BackboneConfig config =
          new BackboneConfig(
              "resnet8", 0.5, block, StemKind.CIFAR, BinaryOptions.defaults(), outputStride);
      Initializer init = new Initializer(5);
      backbone = ResNet.create(config, init);
      Units units = new Units(config, init);
      widen = units.convolution("neck.conv", backbone.outputChannels(), 24);
      lateral = units.lateral("neck.lateral", backbone.channels().get(0), 24);
      hidden = units.hidden("head.hidden", 24, 16);
      maps = units.output("head.maps", 16, 5, 1, -2);
      sizes = units.output("head.sizes", 16, 2, 3, 0);
    }

    void forward(Tape tape, Variable x) {
      List<Variable> stages = backbone.features(tape, x);
      Variable coarse = up.forward(tape, widen.forward(tape, stages.get(2)));
      Variable y = hidden.forward(tape, lateral.forward(tape, stages.get(0), coarse));
      maps.forward(tape, y);
      sizes.forward(tape, y);
    }

    ModelGraph graph() {
      GraphBuilder graph = GraphBuilder.ofPictures(SPEC.height(), SPEC.width(), 3);
      Value pixels = graph.normalize(SPEC.mean(), SPEC.std());
      List<Value> stages = backbone.emitFeatures(graph, pixels);
      Value coarse = up.emit(graph, widen.emit(graph, stages.get(2)));
      Value y = hidden.emit(graph, lateral.emit(graph, stages.get(0), coarse));
      return graph.build("detector", List.of(maps.emit(graph, y), sizes.emit(graph, y)), Map.of());
    }

    List<Parameter> parameters() {
      return Stream.of(
              backbone.parameters(),
              widen.parameters(),
              lateral.parameters(),
              hidden.parameters(),
              maps.parameters(),
              sizes.parameters())
          .flatMap(List::stream)
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"STREAM, 2", "BINEAL, 2"})
  void shouldDetectTheSameBitsAsTraining(BlockKind block, int outputStride) throws Exception {
    Detector network = new Detector(block, outputStride);
    TrainedParameters.randomize(network.parameters(), new Random(1), true);

    compare(network.graph(), network::forward);
  }

  /** Affine instead of batch norm, pixels from channels, as in super-resolution. */
  @Test
  void shouldEnlargeTheSameBitsAsTraining() throws Exception {
    Initializer init = new Initializer(6);
    BinaryOptions options = BinaryOptions.defaults();
    ConvGeometry window = ConvGeometry.same(3, 1);
    Layer network =
        Sequential.of(
            new Conv2d("first.conv", 3, 24, window, WeightType.INT8, false, init),
            new ChannelAffine("first.norm", 24, 0.5f),
            Blocks.streamQuantizer("first.stream"),
            new StreamSum(
                "body.sum",
                Sequential.of(
                    Blocks.activation("body.act", 24, options),
                    Blocks.convolution("body.conv", 24, 24, window, options, init)),
                new ChannelAffine("body.norm", 24, 0.05f),
                Sequential.of(),
                PRelu.learned("body.prelu", 24, 1),
                Blocks.streamQuantizer("body.stream")),
            new Conv2d("last.conv", 24, 12, window, WeightType.INT8, false, init),
            new Bias("last", 12, 0),
            new DepthToSpace("pixels", 2));
    TrainedParameters.randomize(network.parameters(), new Random(3), true);
    GraphBuilder graph = GraphBuilder.ofPictures(SPEC.height(), SPEC.width(), 3);
    Value pixels = graph.normalize(SPEC.mean(), SPEC.std());
    List<Value> outputs = List.of(network.emit(graph, pixels));

    compare(graph.build("sr", outputs, Map.of()), network::forward);
  }

  private void compare(ModelGraph graph, BiConsumer<Tape, Variable> network) throws Exception {
    Lowered lowered = Lowering.lower(graph);
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(lowered.graph(), file);
    try (OrtImplementation functions = new OrtImplementation(file, lowered.graph(), 1);
        OrtImplementation kernels =
            new OrtImplementation(file, lowered.graph(), 2, Kernels.AUTOMATIC)) {
      ParityCheck check =
          new ParityCheck(lowered, List.of(new TrainingGraph(network, SPEC), functions, kernels));
      check.check(RandomGraph.images(new Random(2), 2, SPEC.height(), SPEC.width()));
      assertThat(check.report().layers()).allMatch(layer -> layer.mismatches() == 0);
      assertThat(check.report().bitExact()).isTrue();
      assertThat(lowered.layers()).allMatch(LayerReport::accelerated);
    }
  }
}

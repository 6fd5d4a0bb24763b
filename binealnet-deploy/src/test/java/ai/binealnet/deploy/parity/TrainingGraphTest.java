package ai.binealnet.deploy.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.ResNet;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.binary.AlphaShape;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.BinaryOptions.Shortcut;
import ai.binealnet.core.nn.GlobalPool;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Linear;
import ai.binealnet.core.nn.Quantizer;
import ai.binealnet.core.nn.ScalePosition;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Value;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training in evaluation mode, packed reference and ONNX Runtime on whole networks of every design.
 */
class TrainingGraphTest {
  @TempDir Path folder;

  @ParameterizedTest(
      name = "{0} {1}, width {2}, scale {3}, shortcut {4}, clipped {5}, INT4 {6}: {7} real")
  @CsvSource({
    "BINEAL, CIFAR, 1.5, NONE, BINARY, true, true, 0",
    "BINEAL, FAST, 1, NONE, BINARY, true, true, 0",
    "BINEAL, IMAGENET, 0.5, NONE, BINARY, true, true, 0",
    "BINEAL, CIFAR, 1, NONE, BINARY, true, false, 0",
    "BINEAL, FAST, 1, AFTER, BINARY, true, true, 0",
    "BINEAL, FAST, 1, BEFORE, BINARY, false, true, 0",
    "STREAM, CIFAR, 1.5, NONE, INT8, true, true, 0",
    "STREAM, FAST, 1, NONE, BINARY, true, true, 0",
    "STREAM, IMAGENET, 0.5, AFTER, INT8, true, true, 3",
  })
  void shouldComputeTheSameBitsAsTraining(
      BlockKind block,
      StemKind stem,
      double width,
      ScalePosition scale,
      Shortcut shortcut,
      boolean clipped,
      boolean quantizedSum,
      int realLayers)
      throws Exception {
    BinaryOptions options =
        new BinaryOptions(
            true, true, AlphaShape.OUT, scale, 1, 3, clipped, 1f, quantizedSum, shortcut);
    Layer network = network(new BackboneConfig("resnet8", width, block, stem, options));
    TrainedParameters.randomize(network.parameters(), new Random(1), clipped);
    ImageSpec spec = ImageSpec.rgb(32, 32);
    ModelGraph graph = graph(network, spec);
    Lowered lowered = Lowering.lower(graph);
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(lowered.graph(), file);
    try (OrtImplementation runtime = new OrtImplementation(file, lowered.graph(), 1)) {
      ParityCheck check =
          new ParityCheck(lowered, List.of(new TrainingGraph(network, spec), runtime));
      check.check(RandomGraph.images(new Random(2), 4, 32, 32));
      ParityReport report = check.report();
      assertThat(report.layers()).allMatch(layer -> layer.mismatches() == 0);
      assertThat(report.bitExact()).isTrue();
      assertThat(lowered.layers()).filteredOn(layer -> !layer.accelerated()).hasSize(realLayers);
    }
  }

  private static Layer network(BackboneConfig config) {
    Initializer init = new Initializer(1);
    Backbone backbone = ResNet.create(config, init);
    Layer linear = new Linear("logits", backbone.outputChannels(), 10, WeightType.INT8, init);
    Layer head =
        config.block() == BlockKind.STREAM
            ? Sequential.of(new Quantizer("pooled", 8, -5), linear)
            : linear;
    return Sequential.of(backbone, new GlobalPool("pool"), head);
  }

  private static ModelGraph graph(Layer network, ImageSpec spec) {
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value logits = network.emit(graph, pixels);
    return graph.build("test", List.of(logits), Map.of());
  }
}

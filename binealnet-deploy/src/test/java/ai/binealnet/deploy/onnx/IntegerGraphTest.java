package ai.binealnet.deploy.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.ResNet;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.GlobalPool;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Linear;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Value;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.CalibrationMethod;
import ai.binealnet.deploy.quantize.Calibrator;
import ai.binealnet.deploy.quantize.QuantizedGraph;
import ai.binealnet.deploy.quantize.StaticQuantizer;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The QDQ form is what one would write by hand: ONNX Runtime makes the same integers of both. */
class IntegerGraphTest {
  private static final int IMAGES = 8;

  /** Where to leave the files of the large network, to be timed: {@code bench qdq.onnx …}. */
  private static final String KEEP = "binealnet.keep";

  private static ModelGraph network(String name, StemKind stem, int side, int classes) {
    Initializer init = new Initializer(1);
    BackboneConfig config =
        new BackboneConfig(name, 1, BlockKind.BASIC, stem, BinaryOptions.defaults());
    Backbone backbone = ResNet.create(config, init);
    Linear head = new Linear("logits", backbone.outputChannels(), classes, WeightType.FLOAT, init);
    GraphBuilder graph = GraphBuilder.ofPictures(side, side, 3);
    Value pixels = graph.normalize(RandomGraph.filled(3, 128), RandomGraph.filled(3, 64));
    Value logits = Sequential.of(backbone, new GlobalPool("pool"), head).emit(graph, pixels);
    return graph.build(name, List.of(logits), Map.of());
  }

  private static byte[] images(ModelGraph graph, int count, long seed) {
    return RandomGraph.images(new Random(seed), count, graph.height(), graph.width()).values();
  }

  private static QuantizedGraph quantize(ModelGraph graph) {
    StaticQuantizer quantizer = new StaticQuantizer(graph);
    ModelGraph observed = quantizer.observed();
    Calibration calibration = new Calibration(images(graph, IMAGES, 2), IMAGES);
    return quantizer.quantize(
        Calibrator.observe(observed, OnnxWriter.bytes(observed), calibration),
        CalibrationMethod.DEFAULT);
  }

  private static float[] logits(Path file, byte[] images, int count) {
    try (Predictor model = Predictor.open(file, 1)) {
      return model.run(images, count).get("logits").values();
    }
  }

  private static void compare(ModelGraph graph, Path folder, int count) {
    QuantizedGraph quantized = quantize(graph);
    Path byHand = folder.resolve("by-hand.onnx");
    Path qdq = folder.resolve("qdq.onnx");
    IntegerGraph.write(quantized, byHand);
    OnnxWriter.write(quantized, qdq);
    byte[] images = images(graph, count, 3);
    float[] expected = logits(byHand, images, count);
    assertThat(expected).doesNotContain(Float.NaN);
    assertThat(expected[0]).isNotEqualTo(expected[1]);
    assertThat(logits(qdq, images, count)).isEqualTo(expected);
  }

  @Test
  void shouldReturnTheBitsOfAGraphWrittenByHand(@TempDir Path folder) {
    compare(network("resnet8", StemKind.CIFAR, 32, 10), folder, 5);
    compare(network("resnet14", StemKind.IMAGENET, 64, 7), folder, 3);
  }

  @Test
  @Tag("slow")
  void shouldReturnTheBitsOfResNet18WrittenByHand(@TempDir Path folder) throws Exception {
    String keep = System.getProperty(KEEP);
    Path place = keep == null ? folder : Files.createDirectories(Path.of(keep));
    ModelGraph graph = network("resnet18", StemKind.IMAGENET, 224, 1000);
    compare(graph, place, 2);
    OnnxWriter.write(graph, place.resolve("fp32.onnx"));
  }
}

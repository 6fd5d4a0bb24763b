package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Op;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.detect.Detect;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.decode.CenterDecoder;
import ai.binealnet.detect.decode.ObjectDetector;
import ai.binealnet.detect.decode.RawOutputs;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A detector on its way from training to a device. */
class DetectExportTest {
  /** What a graph that is packed from end to end consists of. */
  private static final Set<Op> PACKED =
      EnumSet.of(
          Op.PACKED_CONV2D,
          Op.BYTE_CONV2D,
          Op.STREAM_BINARIZE,
          Op.STREAM_POOL,
          Op.BINARY_MAX_POOL,
          Op.PACKED_UPSAMPLE);

  private static final int CLASSES = 3;

  @TempDir Path dir;

  private static DetectConfig config(BlockKind block) {
    return ConfigFile.resolve(
        DetectConfig.defaults(),
        null,
        List.of(
            "backbone.network=resnet8",
            "backbone.width=2",
            "backbone.block=" + block,
            "head.channels=32",
            "input.height=64",
            "input.width=96",
            "training.epochs=3",
            "training.batch=1"));
  }

  private TrainedNetwork<DetectConfig, CenterNet> trained(BlockKind block) {
    Path run = dir.resolve("run");
    Detect.RUNS.train(
        config(block), samples(), run, new Provenance("0", ""), Start.FRESH, Progress.NONE);
    return Detect.RUNS.load(run);
  }

  private static Path samples() {
    return Home.samples("detection").resolve("bccd");
  }

  @ParameterizedTest
  @EnumSource(
      value = BlockKind.class,
      names = {"STREAM", "BINEAL"})
  void shouldDetectOnADeviceWhatItDetectsInTraining(BlockKind block) {
    TrainedNetwork<DetectConfig, CenterNet> trained = trained(block);
    ModelGraph graph = trained.graph();
    Path file = dir.resolve("model.onnx");

    ExportReport report = Exporter.export(graph, ModelKind.BINARY, file);

    assertThat(report.notAccelerated()).isEmpty();
    assertThat(report.layers().size() - report.binaryLayers())
        .as("stem and three heads")
        .isEqualTo(4);
    assertThat(Lowering.lower(graph).graph().nodes()).extracting(Node::op).isSubsetOf(PACKED);
    Image image = DetectionData.open(samples()).test().get(0).image();
    Letterbox letterbox = Letterbox.of(image, trained.config().input());
    RawOutputs inTraining = inTraining(trained, letterbox.apply(image));
    RawOutputs onDevice = onDevice(file, letterbox.apply(image));
    assertThat(onDevice.heatmap()).isEqualTo(inTraining.heatmap());
    assertThat(onDevice.size()).isEqualTo(inTraining.size());
    assertThat(onDevice.offset()).isEqualTo(inTraining.offset());
    assertThat(CenterDecoder.EVALUATION.decode(onDevice, 0, letterbox))
        .isEqualTo(CenterDecoder.EVALUATION.decode(inTraining, 0, letterbox))
        .isNotEmpty();
  }

  private static ModelGraph untrained(String... more) {
    DetectConfig config = ConfigFile.resolve(config(BlockKind.STREAM), null, List.of(more));
    return new CenterNet(config, CLASSES)
        .graph(new ModelCard("detect", List.of("a", "b", "c"), config.input()).toMetadata());
  }

  @Test
  void shouldLeaveOnlyNeckAndHeadsRealIfTheBackboneAloneIsBinary() {
    ExportReport report =
        Exporter.export(
            untrained("head.binary=false"), ModelKind.BINARY, dir.resolve("model.onnx"));

    assertThat(report.notAccelerated())
        .extracting(LayerReport::name)
        .allMatch(name -> name.startsWith("neck.") || name.startsWith("head."));
    assertThat(report.binaryLayers()).as("three blocks and two shortcuts").isEqualTo(8);
  }

  @Test
  void shouldWriteTheTwinInEightBits() {
    byte[] pictures = new byte[2 * 64 * 96 * 3];
    new Random(5).nextBytes(pictures);
    Path file = dir.resolve("model.onnx");

    ExportReport report =
        Exporter.exportInt8(untrained("backbone.block=BASIC"), new Calibration(pictures, 2), file);

    assertThat(report.notAccelerated()).isEmpty();
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThat(predictor.outputs())
          .containsExactly(RawOutputs.HEATMAP, RawOutputs.SIZE, RawOutputs.OFFSET);
    }
  }

  private static RawOutputs inTraining(
      TrainedNetwork<DetectConfig, CenterNet> trained, Image image) {
    ImageSpec spec = trained.config().input();
    float[] pixels = new float[spec.elements()];
    spec.normalize(image, pixels, 0);
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      Tensor images = Tensor.of(Shape.of(1, spec.height(), spec.width(), 3), pixels);
      return trained.network().forward(tape, tape.input(images)).values();
    }
  }

  private static RawOutputs onDevice(Path file, Image image) {
    try (Predictor predictor = Predictor.open(file, 1)) {
      RawOutputs raw = ObjectDetector.of(predictor).raw(image);
      assertThat(List.of(raw.height(), raw.width(), raw.classes()))
          .containsExactly(16, 24, CLASSES);
      return raw;
    }
  }
}

package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.OrtImplementation;
import ai.binealnet.deploy.parity.ParityCheck;
import ai.binealnet.deploy.parity.ParityReport;
import ai.binealnet.deploy.parity.TrainingGraph;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.CalibrationMethod;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.superres.Superres;
import ai.binealnet.superres.SuperresRun;
import ai.binealnet.superres.data.Bicubic;
import ai.binealnet.superres.data.Pair;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.decode.Enlarger;
import ai.binealnet.superres.decode.EnlargerCard;
import ai.binealnet.superres.decode.PixelModel;
import ai.binealnet.superres.metric.SuperresEvaluation;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A super-resolution network, trained for a moment on real pictures, as a model file. */
class SuperresExportTest {
  private static final int SIDE = 24;

  @TempDir static Path root;

  private static TrainedNetwork<SuperresConfig, Edsr> trained;
  private static Path model;
  private static ExportReport report;

  @BeforeAll
  static void trainAndExport() throws IOException {
    trained = train("network.block=STREAM", root.resolve("run"));
    model = root.resolve("model.onnx");
    report = Exporter.export(trained.graph(), ModelKind.BINARY, model);
  }

  private static TrainedNetwork<SuperresConfig, Edsr> train(String block, Path run)
      throws IOException {
    SuperresConfig config =
        ConfigFile.resolve(
            SuperresConfig.defaults(),
            null,
            List.of(
                block,
                "network.blocks=2",
                "network.channels=16",
                "input.height=" + SIDE,
                "input.width=" + SIDE,
                "training.epochs=1",
                "training.batch=4",
                "training.rate=4e-3"));
    Superres.RUNS.train(
        config, data(), run, new Provenance("test", ""), Start.FRESH, Progress.NONE);
    return Superres.RUNS.load(run);
  }

  private static Path data() throws IOException {
    Path data = root.resolve("data");
    for (String part : new String[] {"train", "val", "test"}) {
      Files.createDirectories(data.resolve(part));
    }
    Image butterfly = sample("butterfly");
    for (int i = 0; i < 3; i++) {
      Image patch = ImageFiles.crop(butterfly, 50 * i, 60, 80, 80);
      ImageFiles.writePng(patch, data.resolve("train").resolve(i + ".png"));
    }
    Image bird = ImageFiles.crop(sample("bird"), 60, 60, 80, 96);
    ImageFiles.writePng(bird, data.resolve("val/bird.png"));
    ImageFiles.writePng(bird, data.resolve("test/bird.png"));
    return data;
  }

  private static Image sample(String name) {
    return ImageFiles.read(
        Home.samples("super-resolution").resolve("set5/HR").resolve(name + ".png"));
  }

  @Test
  void shouldRunEverythingOnPackedBitsOrEightBits() {
    assertThat(report.notAccelerated()).isEmpty();
    assertThat(report.binaryLayers()).isEqualTo(4);
    assertThat(report.layers()).hasSize(4 + 3); // and first layer, last layer, skip
  }

  @Test
  void shouldAgreeOnEveryBit() {
    Lowered lowered = Lowering.lower(trained.graph());
    TrainingGraph training =
        new TrainingGraph(trained.network()::forward, trained.config().input());
    try (OrtImplementation stock =
            new OrtImplementation(model, lowered.graph(), 1, Kernels.FUNCTIONS);
        OrtImplementation packed =
            new OrtImplementation(model, lowered.graph(), 1, Kernels.AUTOMATIC)) {
      ParityCheck check = new ParityCheck(lowered, List.of(training, stock, packed));
      check.check(new Activation.Pixels(2, SIDE, SIDE, 3, pixels(2)));
      ParityReport parity = check.report();
      assertThat(parity.mismatches()).isZero();
      assertThat(parity.bitExact()).isTrue();
    }
  }

  @Test
  void shouldScoreAsTheTrainingGraphDoes() {
    SuperresRun run =
        new SuperresRun(
            trained.config(), SuperresData.open(root.resolve("data")), trained.network());
    Map<String, Double> expected = run.evaluate(Part.TEST).metrics();

    try (Predictor predictor = Predictor.open(model, 1)) {
      EnlargerCard card = EnlargerCard.of(predictor.metadata(), "model");
      PixelModel file = image -> raw(predictor, image);
      Pair pair = Pair.of(ImageFiles.read(root.resolve("data/test/bird.png")), card.scale());
      Image picture = Enlarger.of(predictor).enlarge(pair.low());
      SuperresEvaluation evaluation = new SuperresEvaluation();
      evaluation.add("test", "bird", pair, picture);
      assertThat(evaluation.metrics()).isEqualTo(expected);
      assertThat(new Enlarger(file, card, 17, 20, false).enlarge(pair.low())).isEqualTo(picture);
      assertThat(Enlarger.fixed(file, card, SIDE, SIDE).enlarge(pair.low())).isEqualTo(picture);
    }
  }

  @Test
  void shouldTakePicturesOfAnySize() {
    SuperresRun run =
        new SuperresRun(
            trained.config(), SuperresData.open(root.resolve("data")), trained.network());
    try (Predictor predictor = Predictor.open(model, 1)) {
      for (int[] size : new int[][] {{1, 1}, {2, 5}, {31, 17}, {40, 64}}) {
        Image image = ImageFiles.crop(sample("woman"), 30, 20, size[0], size[1]);
        assertThat(raw(predictor, image)).isEqualTo(run.enlarge(image));
      }
    }
  }

  private static float[] raw(Predictor predictor, Image image) {
    return predictor
        .run(image.pixels(), 1, image.height(), image.width())
        .get(Enlarger.PICTURE)
        .values();
  }

  /** Entropy would cut black and white off: there are few of them. */
  @Test
  void shouldQuantizeTheTwin() throws IOException {
    ModelGraph graph = train("network.block=BASIC", root.resolve("twin")).graph();
    Path exact = root.resolve("fp32.onnx");
    Path quantized = root.resolve("int8.onnx");
    Exporter.export(graph, ModelKind.FP32, exact);
    ExportReport int8 =
        Exporter.exportInt8(
            graph, new Calibration(pixels(12), 12, CalibrationMethod.MIN_MAX), quantized);

    assertThat(int8.notAccelerated()).isEmpty();
    byte[] image = pixels(1);
    try (Predictor a = Predictor.open(exact, 1);
        Predictor b = Predictor.open(quantized, 1)) {
      float[] expected = a.run(image, 1).get(Enlarger.PICTURE).values();
      float[] actual = b.run(image, 1).get(Enlarger.PICTURE).values();
      double squares = 0;
      for (int i = 0; i < expected.length; i++) {
        squares += Math.pow(expected[i] - actual[i], 2) / expected.length;
      }
      assertThat(Math.sqrt(squares)).isLessThan(3); // pixel values
    }
  }

  private static byte[] pixels(int count) {
    Image low = Bicubic.shrink(sample("woman"), 2);
    byte[] pixels = new byte[count * SIDE * SIDE * 3];
    for (int i = 0; i < count; i++) {
      byte[] tile = ImageFiles.crop(low, 20 + 8 * i, 40, SIDE, SIDE).pixels();
      System.arraycopy(tile, 0, pixels, i * tile.length, tile.length);
    }
    return pixels;
  }
}

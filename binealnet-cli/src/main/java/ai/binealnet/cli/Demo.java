package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.decode.Classification;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.report.ContactSheet;
import ai.binealnet.core.report.Curves;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.RunLog;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.bench.ModelBench;
import ai.binealnet.deploy.bench.Rounds;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.parity.ParityReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The whole way: train, export, verify, evaluate, draw. */
final class Demo {
  private static final int SHEET = 40;
  private static final int LATENCY_ROUNDS = 300;

  /**
   * What came out.
   *
   * @param binary the packed model file
   * @param sameInFp32 the same network's float32 form
   * @param twin the full-precision twin's file
   * @param top1Binary accuracy of the packed file
   * @param top1Fp32 accuracy of the twin's file
   * @param verified the comparison bit for bit
   * @param millis median time of one picture by kind
   * @param pictures where to look
   * @param seconds it took
   */
  record Outcome(
      ExportReport binary,
      ExportReport sameInFp32,
      ExportReport twin,
      double top1Binary,
      double top1Fp32,
      ParityReport verified,
      Map<String, Double> millis,
      List<Path> pictures,
      double seconds) {
    /** Bytes of the layers with 1-bit inputs and weights, packed, thresholds included. */
    long binaryLayersPacked() {
      return binary.layers().stream()
          .filter(LayerReport::isBinary)
          .mapToLong(LayerReport::bytes)
          .sum();
    }

    /** Bytes of the same layers in float32. */
    long binaryLayersFp32() {
      Set<String> names =
          binary.layers().stream()
              .filter(LayerReport::isBinary)
              .map(LayerReport::name)
              .collect(Collectors.toSet());
      return sameInFp32.layers().stream()
          .filter(layer -> names.contains(layer.name()))
          .mapToLong(LayerReport::bytes)
          .sum();
    }

    double binaryLayersRatio() {
      return (double) binaryLayersFp32() / binaryLayersPacked();
    }
  }

  private final Path data;
  private final Path out;
  private final int epochs;
  private final boolean terminal;
  private final Consumer<String> lines;
  private final long start = System.nanoTime();

  Demo(Path data, Path out, int epochs, boolean terminal, Consumer<String> lines) {
    this.data = data;
    this.out = out;
    this.epochs = epochs;
    this.terminal = terminal;
    this.lines = lines;
  }

  Outcome run() {
    ClassifyConfig config = config();
    Trained binary = train(config, "binary");
    Trained twin = train(config.twin(), "fp32");
    lines.accept("exporting");
    TrainedNetwork<ClassifyConfig, Classifier> trained = Classify.RUNS.load(binary.run().root());
    Path file = out.resolve("binary.onnx");
    ExportReport packed = ModelFiles.export(trained, ModelKind.BINARY, file);
    ExportReport same =
        ModelFiles.export(trained, ModelKind.FP32, out.resolve("binary-in-fp32.onnx"));
    Path twinFile = out.resolve("fp32.onnx");
    ExportReport full =
        ModelFiles.export(Classify.RUNS.load(twin.run().root()), ModelKind.FP32, twinFile);
    Dataset<LabeledImage> held = ClassificationData.open(data).test();
    lines.accept("verifying on " + held.size() + " held-out pictures, bit for bit");
    ParityReport verified =
        new Verification(file)
            .against(trained, Verification.pictures(held, config.input(), held.size()));
    lines.accept("evaluating and timing the model files");
    double top1Binary = top1(file, held);
    double top1Fp32 = top1(twinFile, held);
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("binary", file);
    files.put("fp32", twinFile);
    Map<String, Double> millis = new LinkedHashMap<>();
    ModelBench.time(files, 1, Rounds.exactly(LATENCY_ROUNDS))
        .forEach((name, times) -> millis.put(name, 1e3 * times.median()));
    List<Path> pictures = draw(file, held, binary, twin);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Outcome(
        packed, same, full, top1Binary, top1Fp32, verified, millis, pictures, seconds);
  }

  /** Small enough for a few minutes on two cores. */
  private ClassifyConfig config() {
    ClassifyConfig defaults = ClassifyConfig.defaults();
    BackboneConfig backbone =
        new BackboneConfig(
            "resnet8", 2, BlockKind.STREAM, StemKind.FAST, defaults.backbone().binary());
    ClassifyConfig small =
        new ClassifyConfig(backbone, defaults.input(), defaults.training(), defaults.augment());
    return ConfigFile.resolve(
        small,
        null,
        List.of("training.epochs=" + epochs, "training.batch=50", "training.rate=0.05"));
  }

  private Trained train(ClassifyConfig config, String name) {
    lines.accept("training " + config.backbone().title() + " (" + name + ")");
    Provenance provenance = new Provenance(Version.current(), GitCommit.ofWorkingFolder());
    try (ProgressPrinter progress = new ProgressPrinter(lines, epochs, terminal)) {
      return Classify.RUNS.train(
          config, data, out.resolve(name), provenance, Start.FRESH, progress);
    }
  }

  private static double top1(Path file, Dataset<LabeledImage> samples) {
    try (ExportedClassifier model = new ExportedClassifier(file, 0)) {
      return model.evaluate(samples).metrics().get("top1");
    }
  }

  private List<Path> draw(Path file, Dataset<LabeledImage> held, Trained binary, Trained twin) {
    Path sheet = out.resolve("contact-sheet.png");
    try (ExportedClassifier model = new ExportedClassifier(file, 0)) {
      List<Image> images = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      List<Integer> order = new ArrayList<>(IntStream.range(0, held.size()).boxed().toList());
      Collections.shuffle(order, new Random(1)); // a mixture, whatever order the file has
      for (int i : order.subList(0, Math.min(SHEET, order.size()))) {
        images.add(held.get(i).image());
        labels.add(held.get(i).label());
      }
      List<Classification> results = model.classify(images.stream().map(model::fit).toList(), 1);
      List<ContactSheet.Cell> cells = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        boolean right = results.get(i).best().label() == labels.get(i);
        cells.add(
            new ContactSheet.Cell(
                images.get(i),
                List.of(
                    Captions.of(results.get(i).best()),
                    "is: " + model.card().classes().get(labels.get(i))),
                right ? ContactSheet.Verdict.RIGHT : ContactSheet.Verdict.WRONG));
      }
      ContactSheet.write("Held-out pictures, classified by binary.onnx", cells, sheet);
    }
    Path curves = out.resolve("curves.png");
    Map<String, List<Map<String, Double>>> logs = new LinkedHashMap<>();
    logs.put("binary", RunLog.read(binary.run().metrics()));
    logs.put("fp32", RunLog.read(twin.run().metrics()));
    Curves.write(logs, curves);
    return List.of(sheet, curves, binary.run().pictures().resolve("confusion.png"));
  }
}

package ai.binealnet.cli;

import ai.binealnet.cli.VisionTask.Pictures;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.report.Curves;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.RunLog;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.bench.ModelBench;
import ai.binealnet.deploy.bench.Rounds;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.parity.ParityReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The whole way: train, export, verify, evaluate, draw.
 *
 * @param <C> the task's configuration
 * @param <D> the task's data
 */
final class Demo<C extends TaskConfig, D extends TaskData> {
  private static final double LATENCY_SECONDS = 2;

  /**
   * What came out.
   *
   * @param binary the packed model file
   * @param sameInFp32 the same network's float32 form
   * @param twin the full-precision twin's file
   * @param metric what the two are compared by
   * @param binaryValue the packed file's figure
   * @param fp32Value that of the twin's file
   * @param verified the comparison bit for bit
   * @param millis median time of one picture by kind
   * @param pictures where to look
   * @param seconds it took
   */
  record Outcome(
      ExportReport binary,
      ExportReport sameInFp32,
      ExportReport twin,
      MainMetric metric,
      double binaryValue,
      double fp32Value,
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

  private final VisionTask<C, D> task;
  private final Path data;
  private final Path out;
  private final int epochs;
  private final boolean terminal;
  private final Consumer<String> lines;
  private final long start = System.nanoTime();

  Demo(
      VisionTask<C, D> task,
      Path data,
      Path out,
      int epochs,
      boolean terminal,
      Consumer<String> lines) {
    this.task = task;
    this.data = data;
    this.out = out;
    this.epochs = epochs;
    this.terminal = terminal;
    this.lines = lines;
  }

  Outcome run() {
    DemoPlan plan = task.demo();
    List<String> settings = new ArrayList<>(plan.settings());
    settings.add("training.epochs=" + epochs);
    C config = task.resolve(null, settings);
    Trained binary = train(config, "binary");
    Trained twin = train(task.twin(config, config.width()), "fp32");
    lines.accept("exporting");
    TrainedNetwork<C, ?> trained = task.runs().load(binary.run().root());
    Path file = out.resolve("binary.onnx");
    ExportReport packed = ModelFiles.export(trained, ModelKind.BINARY, file);
    ExportReport same =
        ModelFiles.export(trained, ModelKind.FP32, out.resolve("binary-in-fp32.onnx"));
    Path twinFile = out.resolve("fp32.onnx");
    ExportReport full =
        ModelFiles.export(task.runs().load(twin.run().root()), ModelKind.FP32, twinFile);
    D samples = task.runs().task().open(data);
    ParityReport verified = verify(file, trained, samples);
    lines.accept("evaluating and timing the model files");
    double binaryValue = judge(file, samples, true);
    double fp32Value = judge(twinFile, samples, false);
    Map<String, Double> millis = time(file, twinFile);
    List<Path> pictures = pictures(binary, twin);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Outcome(
        packed,
        same,
        full,
        task.mainMetric(),
        binaryValue,
        fp32Value,
        verified,
        millis,
        pictures,
        seconds);
  }

  private Trained train(C config, String name) {
    lines.accept("training " + config.title() + " (" + name + ")");
    Provenance provenance = new Provenance(Version.current(), GitCommit.ofWorkingFolder());
    try (ProgressPrinter progress =
        new ProgressPrinter(lines, task.mainMetric(), epochs, terminal)) {
      return task.runs().train(config, data, out.resolve(name), provenance, Start.FRESH, progress);
    }
  }

  private ParityReport verify(Path file, TrainedNetwork<C, ?> trained, D samples) {
    Dataset<Image> held =
        Spread.over(
            task.pictures(trained.config(), samples, Pictures.TEST), task.demo().verified());
    lines.accept("verifying on " + held.size() + " held-out pictures, bit for bit");
    return new Verification(file)
        .against(trained, Verification.pictures(held, trained.config().input(), held.size()));
  }

  /** The main figure on the test part; draws what was found if wanted. */
  private double judge(Path file, D samples, boolean drawn) {
    try (ExportedModel<D> model = task.open(file, 0)) {
      Evaluation evaluation = model.evaluate(samples, Part.TEST, Integer.MAX_VALUE);
      if (drawn) {
        evaluation.draw(out);
        model.show(samples, out);
      }
      return evaluation.metrics().get(task.mainMetric().key());
    }
  }

  private static Map<String, Double> time(Path binary, Path fp32) {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("binary", binary);
    files.put("fp32", fp32);
    Map<String, Double> millis = new LinkedHashMap<>();
    ModelBench.time(files, 1, Rounds.during(LATENCY_SECONDS))
        .forEach((name, times) -> millis.put(name, 1e3 * times.median()));
    return millis;
  }

  private List<Path> pictures(Trained binary, Trained twin) {
    Map<String, List<Map<String, Double>>> logs = new LinkedHashMap<>();
    logs.put("binary", RunLog.read(binary.run().metrics()));
    logs.put("fp32", RunLog.read(twin.run().metrics()));
    Curves.write(logs, out.resolve("curves.png"));
    return PictureFiles.in(out);
  }
}

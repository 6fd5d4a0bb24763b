package ai.binealnet.cli;

import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.onnxruntime.OrtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report RUN|MODEL.onnx ...}. */
@Command(
    name = "report",
    description =
        "Compare trained networks in one table and one picture: accuracy on the test pictures,"
            + " latency, opening time, memory, file size. A binary run is exported as that, a"
            + " full-precision run in float32 and in 8 bits; model files are taken as they are."
            + " Writes report.html, report.png and report.json.")
final class ReportCommand extends Output {
  @Parameters(
      paramLabel = "RUN|MODEL.onnx",
      arity = "1..*",
      description = "Run folders and model files that were trained on the same data.")
  private List<Path> subjects;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder to write into (default: report in the first, which must be a run).")
  private Path output;

  @Mixin private CalibrationOptions calibration;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CalibrationOptions.Count.class,
      description =
          "Test pictures at most, chosen evenly; of matching the first sequences (default: all).")
  private int limit = Integer.MAX_VALUE;

  @Mixin private LookOptions look;

  @Mixin private BenchOptions bench;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      converter = PictureSize.Converter.class,
      description =
          "Rows x columns at which models that take any size are measured (default: those of their"
              + " training pictures).")
  private PictureSize input;

  @Option(
      names = "--no-memory",
      description = "Leave out memory and opening time, measured in processes of their own.")
  private boolean withoutMemory;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  Result run() throws Exception {
    Reporter.Settings settings =
        new Reporter.Settings(
            calibration.data(),
            limit,
            look,
            calibration.pictures(),
            bench.threads(),
            bench.rounds(),
            !withoutMemory,
            model -> input == null ? model.size() : input.of(model.size()));
    if (output == null && Files.isRegularFile(subjects.get(0))) {
      throw usage("expected -o DIR, or a run as the first of what is compared");
    }
    return run(Tasks.of(subjects.get(0)), settings);
  }

  private <C extends TaskConfig, D extends TaskData> Result run(
      VisionTask<C, D> task, Reporter.Settings settings) throws OrtException {
    List<ReportSubject<C>> loaded =
        subjects.stream().map(path -> ReportSubject.load(task, path)).toList();
    ReportFiles files = ReportFiles.in(output == null ? subjects.get(0).resolve("report") : output);
    files.requireNew(force);
    Report report = new Reporter<>(task, settings, this::say).run(loaded);
    return Result.done(files.write(report), files.text(report));
  }
}

package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Evaluation;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TaskData;
import ai.binealnet.deploy.bench.Rounds;
import ai.binealnet.deploy.bench.Timings;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Exports what a report compares, judges it on test pictures and measures it.
 *
 * @param <C> the task's configuration
 * @param <D> the task's data
 */
final class Reporter<C extends TaskConfig, D extends TaskData> {
  /**
   * How.
   *
   * @param data the data folder, or null for that of the first run
   * @param limit test pictures at most
   * @param look how models look at test pictures
   * @param calibration of 8-bit forms
   * @param threads threads of one run, each number by itself
   * @param rounds how long
   * @param memory whether to start a process for each model
   * @param size of the pictures that are timed, for each model
   */
  record Settings(
      Path data,
      int limit,
      LookOptions look,
      CalibrationPictures calibration,
      List<Integer> threads,
      Rounds rounds,
      boolean memory,
      Function<Predictor, InputSize> size) {}

  /** What a model made of the test pictures, and the size of those that it is timed with. */
  private record Judged(Evaluation evaluation, PictureSize size) {}

  private final VisionTask<C, D> task;
  private final Settings settings;
  private final Consumer<String> say;

  /**
   * Nothing happens yet.
   *
   * @param say for notes and progress
   */
  Reporter(VisionTask<C, D> task, Settings settings, Consumer<String> say) {
    this.task = task;
    this.settings = settings;
    this.say = say;
  }

  /**
   * Does all of it; what is exported goes away.
   *
   * @param subjects at least one
   * @throws UserError if they do not belong together, or to the data
   * @throws OrtException if the kernels do not load
   */
  Report run(List<ReportSubject<C>> subjects) throws OrtException {
    ReportSubject.requireOneDataSet(subjects);
    D data = data(subjects);
    VisionTask.requireClasses(data, subjects.get(0).path(), subjects.get(0).classes());
    int models = subjects.stream().mapToInt(ReportSubject::models).sum();
    NetworkBench.Settings bench =
        new NetworkBench.Settings(
            settings.threads(), settings.rounds(), settings.memory(), false, settings.size());
    int steps = models + bench.steps(models);
    try (TemporaryFolder folder = new TemporaryFolder("binealnet-report-");
        StepProgress progress = new StepProgress("report", steps, Output.isTerminal(), say)) {
      List<ReportModel> files =
          new ReportModels<>(task, folder.path(), settings.calibration(), data, progress)
              .of(subjects);
      List<Judged> judged = new ArrayList<>();
      for (ReportModel each : files) {
        judged.add(judge(each, data));
        progress.done("judged " + each.contender().name());
      }
      NetworkBench.Outcome outcome =
          new NetworkBench(bench, progress)
              .run(files.stream().map(ReportModel::contender).toList());
      return new Report(
          data.root().toAbsolutePath().normalize().getFileName().toString(),
          data.dataHash(),
          task.tests(data),
          LocalDate.now(),
          Machine.here(),
          settings.threads(),
          task.mainMetric(),
          rows(files, judged, outcome));
    }
  }

  private D data(List<ReportSubject<C>> subjects) {
    String trainedOn =
        subjects.stream()
            .map(ReportSubject::dataHash)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (settings.data() != null) {
      return task.open(settings.data(), trainedOn, say);
    }
    return subjects.stream()
        .filter(each -> each.trained() != null)
        .findFirst()
        .map(each -> task.open(Path.of(each.trained().info().data()), trainedOn, say))
        .orElseThrow(
            () ->
                new UserError(
                    "there is no data to judge the models on",
                    "a data folder",
                    "model files only, which do not tell where their data is",
                    "give it with --data DIR"));
  }

  private Judged judge(ReportModel model, D data) {
    try (ExportedModel<D> exported = task.open(model.contender().file(), 0)) {
      settings.look().apply(exported);
      InputSize size = settings.size().apply(exported.predictor());
      return new Judged(
          exported.evaluate(data, Part.TEST, settings.limit()),
          new PictureSize(size.height(), size.width()));
    }
  }

  private static List<Report.Row> rows(
      List<ReportModel> models, List<Judged> judged, NetworkBench.Outcome outcome) {
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      Contender contender = models.get(i).contender();
      Map<Integer, Timings> times = new LinkedHashMap<>();
      outcome.rows().stream()
          .filter(row -> row.contender().equals(contender))
          .forEach(row -> times.put(row.threads(), row.times()));
      rows.add(
          new Report.Row(
              models.get(i),
              contender.bytes(),
              judged.get(i).evaluation(),
              judged.get(i).size(),
              times,
              outcome.coldStarts().get(contender.name())));
    }
    return rows;
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.core.train.FolderLock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code experiment FILE.yaml}: a table of trainings, as often interrupted as need be. */
@Command(
    name = "experiment",
    description =
        "Train every row of a table with every seed, and compare with published figures. What is"
            + " finished is not trained again, what was interrupted continues. Writes table.md,"
            + " table.csv and table.png.")
final class ExperimentCommand extends Output {
  @Parameters(index = "0", paramLabel = "FILE.yaml", description = "The table; see experiments/.")
  private Path file;

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Settings over the file's base, such as training.epochs=400.")
  private List<String> settings = List.of();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the data.")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the experiment; runs/<name of the file> if not given.")
  private Path out;

  @Override
  Result run() {
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    Path folder = out == null ? Path.of("runs", name) : out;
    Experiment experiment = ExperimentFile.read(file, settings);
    List<Trial> trials = ExperimentPlan.trials(experiment, folder);
    ClassificationData samples = ClassificationData.open(data);
    ExperimentPlan.requireTrainable(trials, samples);
    OutputFiles.makeFolder(folder);
    try (FolderLock lock = FolderLock.take(folder)) {
      ExperimentPlan.requireContinuable(trials, samples.dataHash());
      long open = trials.stream().filter(trial -> !trial.isFinished()).count();
      say("%d of %d trainings to do in %s".formatted(open, trials.size(), lock.folder()));
      List<ExperimentRunner.Failure> failures =
          new ExperimentRunner(trials, data, this::say, isTerminal())
              .run(() -> ExperimentTable.of(experiment, trials).write(name, folder));
      ExperimentTable table = ExperimentTable.of(experiment, trials);
      table.write(name, folder);
      return result(table, failures, folder);
    }
  }

  private static Result result(
      ExperimentTable table, List<ExperimentRunner.Failure> failures, Path folder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", table.json());
    json.put("failed", ExperimentRunner.json(failures));
    json.put(
        "files",
        List.of("table.md", "table.csv", "table.png").stream()
            .map(each -> folder.resolve(each).toString())
            .toList());
    StringBuilder text = new StringBuilder(TextTable.of(table.cells(), 1));
    failures.forEach(
        failure ->
            text.append("\nfailed: ")
                .append(failure.trial().title())
                .append(": ")
                .append(failure.error().getMessage()));
    text.append("\nwritten: ").append(folder.resolve("table.md"));
    return new Result(json, text.toString(), failures.isEmpty());
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.ClassifyRun;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Resolves the trainings of an {@link Experiment} and refuses what cannot be trained. */
final class ExperimentPlan {
  private static final String BINARY = "backbone.binary.";

  private ExperimentPlan() {}

  /**
   * The trainings in the order in which they are done: every row with its first seed, then every
   * row with its second one, so that a whole table is there early.
   *
   * @throws UserError for settings that are unknown, without effect, or the same in two rows
   */
  static List<Trial> trials(Experiment experiment, Path out) {
    Map<String, String> rowOfConfig = new HashMap<>();
    List<Trial> trials = new ArrayList<>();
    int most = experiment.rows().stream().mapToInt(row -> row.seeds().size()).max().orElseThrow();
    for (Experiment.Row row : experiment.rows()) {
      ClassifyConfig config = resolve(experiment, row, 0);
      requireEffect(row, config);
      String other = rowOfConfig.putIfAbsent(ConfigFile.text(config), row.name());
      if (other != null) {
        throw new UserError(
            "rows " + other + " and " + row.name() + " train the same",
            "settings that differ",
            row.settings().toString(),
            "correct the settings or leave a row out");
      }
    }
    for (int place = 0; place < most; place++) {
      for (Experiment.Row row : experiment.rows()) {
        if (place < row.seeds().size()) {
          long seed = row.seeds().get(place);
          Path folder = out.resolve(row.name()).resolve("seed" + seed);
          trials.add(new Trial(row, seed, resolve(experiment, row, seed), folder));
        }
      }
    }
    return trials;
  }

  private static ClassifyConfig resolve(Experiment experiment, Experiment.Row row, long seed) {
    List<String> settings = new ArrayList<>(experiment.base());
    settings.addAll(row.settings());
    settings.add("training.seed=" + seed);
    try {
      return ConfigFile.resolve(ClassifyConfig.defaults(), null, settings);
    } catch (UserError e) {
      throw inRow(row, e);
    }
  }

  private static UserError inRow(Experiment.Row row, UserError e) {
    return new UserError(
        "cannot train the row " + row.name() + ": " + e.what(),
        e.expected(),
        e.actual(),
        e.remedy(),
        e);
  }

  private static void requireEffect(Experiment.Row row, ClassifyConfig config) {
    if (config.backbone().block() != BlockKind.BASIC) {
      return;
    }
    for (String setting : row.settings()) {
      if (setting.startsWith(BINARY)) {
        throw new UserError(
            "the settings of row " + row.name() + " contradict each other",
            "no settings of binary blocks in a full-precision network",
            setting + " with backbone.block=BASIC",
            "leave one of them out");
      }
    }
  }

  /**
   * Checks that every row can be built and fits the data.
   *
   * @throws UserError if not
   */
  static void requireTrainable(List<Trial> trials, ClassificationData data) {
    Set<String> rows = new HashSet<>();
    for (Trial trial : trials) {
      if (!rows.add(trial.row().name())) {
        continue; // another seed changes nothing
      }
      try {
        Classifier network = Classify.RUNS.network(trial.config(), data.classes());
        new ClassifyRun(trial.config(), data, network).rehearse();
      } catch (UserError e) {
        throw inRow(trial.row(), e);
      }
    }
  }

  /**
   * Checks that what earlier sessions left was trained with the same settings on the same data.
   *
   * @throws UserError if not, or if a folder holds something else
   */
  static void requireContinuable(List<Trial> trials, String dataHash) {
    for (Trial trial : trials) {
      if (RunFolder.isRun(trial.folder())) {
        requireSame(trial, dataHash);
      } else {
        discardBeginning(trial.folder());
        RunFolder.requireFree(trial.folder());
      }
    }
  }

  /** A kill at the wrong moment leaves a run folder without its configuration. */
  private static void discardBeginning(Path folder) {
    Path info = new RunFolder(folder).info();
    try {
      if (Files.isRegularFile(info)) {
        try (Stream<Path> files = Files.list(folder)) {
          if (files.count() == 1) {
            Files.delete(info);
          }
        }
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot clear " + folder, "a writable folder", e.toString(), "delete it", e);
    }
  }

  private static void requireSame(Trial trial, String dataHash) {
    String now = ConfigFile.text(trial.config());
    String then = ConfigFile.text(Classify.RUNS.config(trial.folder()));
    String remedy = "choose another folder with --out, or move " + trial.folder() + " away";
    if (!now.equals(then)) {
      throw new UserError(
          trial.folder() + " was trained with other settings",
          difference(now, then),
          difference(then, now),
          remedy);
    }
    String trainedOn = RunFolder.open(trial.folder()).readInfo().dataHash();
    if (!trainedOn.equals(dataHash)) {
      throw new UserError(
          trial.folder() + " was trained on other data", dataHash, trainedOn, remedy);
    }
  }

  /** Lines that only the first text has. */
  private static String difference(String one, String other) {
    List<String> lines = new ArrayList<>(one.lines().map(String::strip).toList());
    lines.removeAll(other.lines().map(String::strip).toList());
    return String.join(", ", lines);
  }
}

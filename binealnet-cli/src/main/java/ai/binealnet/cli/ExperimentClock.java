package ai.binealnet.cli;

import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Estimates the time that an experiment still takes: the epochs that each row has left, times the
 * mean duration of its epochs, or of all epochs where the row has none yet.
 */
final class ExperimentClock {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final String SECONDS = "seconds";

  private record Pace(double seconds, int epochs) {
    Pace plus(double more) {
      return new Pace(seconds + more, epochs + 1);
    }
  }

  private final Map<String, Pace> paces = new HashMap<>();
  private final Map<Path, Integer> done = new HashMap<>();

  /** Takes in what a training of an earlier session took. */
  void read(Trial trial) {
    Path metrics = new RunFolder(trial.folder()).metrics();
    if (Files.exists(metrics)) {
      List<Map<String, Double>> rows = RunLog.read(metrics);
      for (int i = 0; i < rows.size(); i++) {
        add(trial, i + 1, rows.get(i).getOrDefault(SECONDS, 0.0));
      }
    }
  }

  /** Takes in an epoch. */
  void add(Trial trial, int epochsDone, double seconds) {
    done.put(trial.folder(), epochsDone);
    paces.merge(trial.row().name(), new Pace(seconds, 1), (pace, one) -> pace.plus(one.seconds()));
  }

  /** Seconds until all of {@code trials} are done, of which some may be finished. */
  double left(List<Trial> trials) {
    double seconds = 0;
    double mean =
        paces.values().stream().mapToDouble(Pace::seconds).sum()
            / Math.max(1, paces.values().stream().mapToInt(Pace::epochs).sum());
    for (Trial trial : trials) {
      if (!trial.isFinished()) {
        Pace pace = paces.get(trial.row().name());
        int epochs = trial.config().training().epochs() - done.getOrDefault(trial.folder(), 0);
        seconds += epochs * (pace == null ? mean : pace.seconds() / pace.epochs());
      }
    }
    return seconds;
  }

  /** Hours, minutes, seconds. */
  static String format(double seconds) {
    long whole = Math.round(seconds);
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE);
  }
}

package ai.binealnet.cli;

import ai.binealnet.deploy.bench.ColdStart;
import ai.binealnet.deploy.bench.LayerProfile;
import ai.binealnet.deploy.bench.ModelBench;
import ai.binealnet.deploy.bench.Rounds;
import ai.binealnet.deploy.bench.Timings;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.KernelSet;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Measures model files beside each other. */
final class NetworkBench {
  private static final int PROFILED_RUNS = 100;

  /**
   * What to measure.
   *
   * @param threads threads of one run, each number by itself
   * @param rounds how long
   * @param memory whether to start a process for each network
   * @param perLayer whether to profile
   * @param size of the pictures for each model
   */
  record Settings(
      List<Integer> threads,
      Rounds rounds,
      boolean memory,
      boolean perLayer,
      Function<Predictor, InputSize> size) {
    /** How many steps of progress it takes. */
    int steps(int contenders) {
      int passes = 1 + (memory ? 1 : 0) + (perLayer ? threads.size() : 0);
      return contenders * passes + threads.size();
    }
  }

  /** Times of one network with one number of threads, in seconds. */
  record Row(Contender contender, int threads, Timings times) {}

  /** Where the time of one network goes. */
  record Profile(Contender contender, int threads, LayerProfile profile) {}

  /**
   * What was measured.
   *
   * @param kernels the native kernels in use
   * @param coldStarts by the contenders' names; empty if not asked for
   * @param profiles empty if not asked for
   */
  record Outcome(
      String kernels,
      List<Contender> contenders,
      List<Row> rows,
      Map<String, ColdStart> coldStarts,
      List<Profile> profiles) {
    /** The median time of a contender. */
    double median(Contender contender, int threads) {
      return rows.stream()
          .filter(row -> row.contender().equals(contender) && row.threads() == threads)
          .findFirst()
          .orElseThrow()
          .times()
          .median();
    }
  }

  private final Settings settings;
  private final StepProgress progress;

  NetworkBench(Settings settings, StepProgress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  Outcome run(List<Contender> contenders) throws OrtException {
    Map<String, ColdStart> coldStarts = new LinkedHashMap<>();
    if (settings.memory()) {
      for (Contender each : contenders) {
        coldStarts.put(each.name(), ColdStart.measure(each.file(), settings.threads().get(0)));
        progress.done("opened " + each.name() + " in a process of its own");
      }
    }
    List<Row> rows = new ArrayList<>();
    settings.threads().forEach(threads -> rows.addAll(time(contenders, threads)));
    List<Profile> profiles = new ArrayList<>();
    if (settings.perLayer()) {
      settings.threads().forEach(threads -> profiles.addAll(profile(contenders, threads)));
    }
    return new Outcome(KernelSet.name(), contenders, rows, coldStarts, profiles);
  }

  private List<Row> time(List<Contender> contenders, int threads) {
    Map<String, Path> files = new LinkedHashMap<>();
    contenders.forEach(each -> files.put(each.name(), each.file()));
    Map<String, Timings> times =
        ModelBench.time(files, threads, settings.rounds(), settings.size());
    progress.done("timed with " + threads(threads));
    return contenders.stream().map(each -> new Row(each, threads, times.get(each.name()))).toList();
  }

  private List<Profile> profile(List<Contender> contenders, int threads) {
    int runs = Math.min(PROFILED_RUNS, settings.rounds().most());
    List<Profile> profiles = new ArrayList<>();
    for (Contender each : contenders) {
      profiles.add(new Profile(each, threads, LayerProfile.measure(each.file(), threads, runs)));
      progress.done("profiled " + each.name() + " with " + threads(threads));
    }
    return profiles;
  }

  static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }
}

package ai.binealnet.cli;

import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times model files on one picture. The files take turns, so that a busy moment of the machine hits
 * all of them.
 */
final class Latency {
  private static final int WARM_UP = 20;

  private Latency() {}

  /**
   * Median milliseconds of a run.
   *
   * @param files by name
   * @param threads threads of one run
   * @param rounds runs of each file
   */
  static Map<String, Double> medianMillis(Map<String, Path> files, int threads, int rounds) {
    Map<String, Predictor> models = new LinkedHashMap<>();
    try {
      files.forEach((name, file) -> models.put(name, Predictor.open(file, threads)));
      Map<String, List<Double>> times = new LinkedHashMap<>();
      for (int round = -WARM_UP; round < rounds; round++) {
        for (Map.Entry<String, Predictor> model : models.entrySet()) {
          double millis = time(model.getValue());
          if (round >= 0) {
            times.computeIfAbsent(model.getKey(), name -> new ArrayList<>()).add(millis);
          }
        }
      }
      Map<String, Double> medians = new LinkedHashMap<>();
      times.forEach((name, values) -> medians.put(name, median(values)));
      return medians;
    } finally {
      models.values().forEach(Predictor::close);
    }
  }

  private static double time(Predictor model) {
    byte[] pixels = Golden.images(1, model.height(), model.width(), model.channels()).values();
    long start = System.nanoTime();
    model.run(pixels, 1);
    return (System.nanoTime() - start) / 1e6;
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

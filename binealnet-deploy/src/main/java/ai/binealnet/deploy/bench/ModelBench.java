package ai.binealnet.deploy.bench;

import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times whole model files on one random picture each: from the bytes of the picture to the outputs
 * as Java arrays, as an application calls them.
 */
public final class ModelBench {
  private ModelBench() {}

  /**
   * Times model files that take turns.
   *
   * @param files by name
   * @param threads threads of one run
   * @return seconds of each run by the same names, in the same order
   * @throws ai.binealnet.core.graph.UserError if a file is damaged or no model
   */
  public static Map<String, Timings> time(Map<String, Path> files, int threads, Rounds rounds) {
    Map<String, Predictor> models = new LinkedHashMap<>();
    try {
      files.forEach((name, file) -> models.put(name, Predictor.open(file, threads)));
      Map<String, Interleaved.Run<RuntimeException>> runs = new LinkedHashMap<>();
      models.forEach(
          (name, model) -> {
            byte[] picture = picture(model);
            runs.put(name, () -> model.run(picture, 1));
          });
      return Interleaved.time(runs, rounds);
    } finally {
      models.values().forEach(Predictor::close);
    }
  }

  /** A random picture of a model's size, the same for all of that size. */
  static byte[] picture(Predictor model) {
    return Golden.images(1, model.height(), model.width(), model.channels()).values();
  }
}

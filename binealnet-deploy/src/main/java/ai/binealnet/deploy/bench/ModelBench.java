package ai.binealnet.deploy.bench;

import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Times whole model files on one random picture each: from the bytes of the picture to outputs that
 * Java can read.
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
    return time(files, threads, rounds, Predictor::size);
  }

  /**
   * The same with pictures of a size of choice.
   *
   * @param size of the pictures for each model
   * @throws ai.binealnet.core.graph.UserError if a file is damaged, no model, or does not take the
   *     size
   */
  public static Map<String, Timings> time(
      Map<String, Path> files, int threads, Rounds rounds, Function<Predictor, InputSize> size) {
    Map<String, Predictor> models = new LinkedHashMap<>();
    try {
      files.forEach((name, file) -> models.put(name, Predictor.open(file, threads)));
      Map<String, Interleaved.Run<RuntimeException>> runs = new LinkedHashMap<>();
      models.forEach(
          (name, model) -> {
            InputSize its = size.apply(model);
            byte[] picture = picture(its);
            runs.put(name, () -> model.run(picture, 1, its.height(), its.width(), Map::size));
          });
      return Interleaved.time(runs, rounds);
    } finally {
      models.values().forEach(Predictor::close);
    }
  }

  /** A random picture of a model's size, the same for all of that size. */
  static byte[] picture(InputSize size) {
    return Golden.images(1, size.height(), size.width(), size.channels()).values();
  }
}

package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One training of an {@link Experiment}. It is finished when its run folder holds {@code
 * result.json}.
 *
 * @param row its row
 * @param seed of everything random
 * @param config what is trained
 * @param folder its run folder
 */
record Trial(Experiment.Row row, long seed, ClassifyConfig config, Path folder) {
  private static final String TOP1 = "top1";
  private static final ObjectMapper JSON = new ObjectMapper();

  String title() {
    return row.name() + ", seed " + seed;
  }

  private Path result() {
    return folder.resolve("result.json");
  }

  boolean isFinished() {
    return Files.exists(result());
  }

  /**
   * Accuracy on the test pictures, if it is known.
   *
   * @throws UserError if {@code result.json} is damaged
   */
  OptionalDouble top1() {
    if (!isFinished()) {
      return OptionalDouble.empty();
    }
    try {
      JsonNode top1 = JSON.readTree(result().toFile()).path(TOP1);
      if (!top1.isNumber()) {
        throw new IOException("no number " + TOP1);
      }
      return OptionalDouble.of(top1.asDouble());
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + result(),
          "what binealnet experiment wrote",
          e.toString(),
          "delete the file; the accuracy is measured again",
          e);
    }
  }

  /** Marks the trial as finished. */
  void finish(Map<String, Double> metrics) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(TOP1, metrics.get(TOP1));
    result.put("metrics", metrics);
    AtomicFiles.write(result(), (Output.json(result) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

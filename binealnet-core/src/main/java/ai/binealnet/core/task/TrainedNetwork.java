package ai.binealnet.core.task;

import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunInfo;
import ai.binealnet.core.train.RunLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with the weights of a run.
 *
 * @param run where it comes from
 * @param info what the run was started with
 * @param config its configuration
 * @param network the network
 * @param weights SHA-256 of the checkpoint
 * @param <C> the task's configuration
 * @param <N> the task's network
 */
public record TrainedNetwork<C extends TaskConfig, N extends TaskNetwork>(
    RunFolder run, RunInfo info, C config, N network, String weights) {
  /** Metadata key: SHA-256 of the checkpoint that a model file was written from. */
  public static final String WEIGHTS = "provenance.weights";

  /** Metadata key: name of the run folder. */
  public static final String RUN = "provenance.run";

  /** Metadata key: the configuration, as YAML; of a teacher's folder only the name. */
  public static final String CONFIG = "provenance.config";

  /** The evaluation form with all that travels with a model file. */
  public ModelGraph graph() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.putAll(new ModelCard(info.task(), info.classes(), config.input()).toMetadata());
    metadata.put(WEIGHTS, weights);
    metadata.put(RUN, name(run.root()));
    metadata.put("provenance.version", info.version());
    metadata.put("provenance.git_commit", info.gitCommit());
    metadata.put("provenance.seed", Long.toString(info.seed()));
    metadata.put("provenance.data_hash", info.dataHash());
    metadata.put(CONFIG, publicConfig());
    if (Files.exists(run.metrics())) {
      List<Map<String, Double>> rows = RunLog.read(run.metrics());
      Map<String, Double> last = rows.isEmpty() ? Map.of() : rows.get(rows.size() - 1);
      last.forEach(
          (name, value) -> {
            if (name.startsWith("val_") || name.equals("epoch")) {
              metadata.put("metrics." + name, value.toString());
            }
          });
    }
    return network.graph(metadata);
  }

  /** A model file goes to others: where a teacher lay is the author's affair. */
  private String publicConfig() {
    String teacher = config.training().distillation().teacher();
    if (teacher.isEmpty()) {
      return ConfigFile.text(config);
    }
    String quoted = "'" + name(Path.of(teacher)).replace("'", "''") + "'";
    return ConfigFile.text(
        ConfigFile.resolve(config, null, List.of("training.distillation.teacher=" + quoted)));
  }

  private static String name(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }
}

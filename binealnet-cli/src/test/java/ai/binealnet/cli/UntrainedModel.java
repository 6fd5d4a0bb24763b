package ai.binealnet.cli;

import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Model files of networks that have learnt nothing: where it matters only that they run. */
final class UntrainedModel {
  private UntrainedModel() {}

  /** Writes a packed model of a task and of settings. */
  static <C extends TaskConfig> void export(VisionTask<C, ?> task, Path file, String... settings) {
    C config = task.resolve(null, Arrays.asList(settings));
    boolean classless = task instanceof SuperresTask || task instanceof MatchTask;
    List<String> classes = classless ? List.of() : List.of("a", "b", "c");
    Map<String, String> metadata =
        new LinkedHashMap<>(new ModelCard(task.name(), classes, config.input()).toMetadata());
    metadata.put(TrainedNetwork.CONFIG, ConfigFile.text(config));
    Exporter.export(task.runs().network(config, classes).graph(metadata), ModelKind.BINARY, file);
  }
}

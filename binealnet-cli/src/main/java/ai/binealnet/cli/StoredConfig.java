package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The configuration that a model file carries. */
final class StoredConfig {
  private StoredConfig() {}

  /**
   * Reads it.
   *
   * @param metadata of the model file
   * @param folder for temporary files
   * @return null if the file carries none
   */
  static ClassifyConfig read(Map<String, String> metadata, Path folder) {
    String text = metadata.get(TrainedNetwork.CONFIG);
    if (text == null) {
      return null;
    }
    Path yaml = folder.resolve("config.yaml");
    try {
      Files.writeString(yaml, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ConfigFile.resolve(ClassifyConfig.defaults(), yaml, List.of());
  }
}

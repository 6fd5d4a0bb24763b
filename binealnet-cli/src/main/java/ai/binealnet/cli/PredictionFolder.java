package ai.binealnet.cli;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code predict} leaves behind: pictures, and {@code predictions.json} at last. */
final class PredictionFolder {
  private final ExportedModel<?> model;
  private final Path folder;
  private final List<String> pictures = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * Nothing is there yet.
   *
   * @param folder to make
   */
  PredictionFolder(ExportedModel<?> model, Path folder) {
    this.model = model;
    this.folder = folder;
  }

  /**
   * Writes a picture, named after the one that it comes from; of equal names the later ones get a
   * number.
   *
   * @param suffix tells several pictures of one apart, or empty
   * @return the file
   */
  Path picture(Path source, String suffix, Image image) {
    OutputFiles.makeFolder(folder);
    String base = source.getFileName().toString().replaceFirst("\\.[^.]*$", "") + suffix;
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "-" + i;
    }
    Path file = folder.resolve(name + ".png");
    ImageFiles.writePng(image, file);
    pictures.add(file.toString());
    return file;
  }

  /** Adds a line for people. */
  void say(String line) {
    text.append(line).append('\n');
  }

  /** Writes the figures. */
  Result finish(Object predictions) {
    OutputFiles.makeFolder(folder);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", model.card().task());
    json.put("model", model.file().toString());
    json.put("predictions", predictions);
    json.put("pictures", pictures);
    OutputFiles.writeJson(json, folder.resolve("predictions.json"));
    return Result.done(json, text.append("see ").append(folder).toString());
  }
}

package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.ConfigFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the YAML file of an {@link Experiment} and checks what can be checked without data. */
final class ExperimentFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();
  private static final String SEED = "training.seed";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final int SEEDS = 2;

  private record Document(JsonNode base, List<Long> seeds, List<Line> rows) {}

  private record Line(String name, Double published, List<String> settings, List<Long> seeds) {}

  private final Path file;

  private ExperimentFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param more settings over the file's base, under those of the rows
   * @throws UserError if it is none, or contradicts itself
   */
  static Experiment read(Path file, List<String> more) {
    return new ExperimentFile(file).experiment(more);
  }

  private Experiment experiment(List<String> more) {
    Document document = document();
    List<String> base = new ArrayList<>();
    if (document.base != null) {
      flatten(document.base, "", base);
    }
    requireNoSeed("base", base);
    requireDistinctKeys("the arguments", more);
    requireNoSeed("the arguments", more);
    base.addAll(more);
    if (document.rows == null || document.rows.isEmpty()) {
      throw error("rows", "at least one row", "none", "add a row with name and settings");
    }
    List<Experiment.Row> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Line line : document.rows) {
      Experiment.Row row = row(line, document.seeds);
      if (!names.add(row.name().toLowerCase(Locale.ROOT))) {
        throw error("rows", "names that differ", row.name() + " twice", "rename one");
      }
      rows.add(row);
    }
    return new Experiment(List.copyOf(base), List.copyOf(rows));
  }

  private Document document() {
    try {
      Document document = YAML.readValue(ConfigFile.bytes(file), Document.class);
      if (document == null) {
        throw error("the file", "base, seeds and rows", "nothing", "see experiments/");
      }
      return document;
    } catch (IOException e) {
      throw new UserError(
          "cannot read the experiment " + file,
          "a YAML file with base, seeds and rows (name, published, settings, seeds)",
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString(),
          "see experiments/ for an example",
          e);
    }
  }

  private Experiment.Row row(Line line, List<Long> seeds) {
    if (line == null || line.name == null || !line.name.matches(NAME)) {
      throw error(
          "the name of a row",
          "letters, digits, '.', '_' and '-', which can be a folder",
          line == null || line.name == null ? "none" : line.name,
          "name every row");
    }
    String where = "row " + line.name;
    if (line.published != null && !(line.published > 0 && line.published <= 1)) {
      throw error(
          where, "a published accuracy in (0, 1]", line.published.toString(), "give a fraction");
    }
    List<Long> own = line.seeds == null ? seeds : line.seeds;
    if (own == null || own.contains(null) || new HashSet<>(own).size() < SEEDS) {
      throw error(
          where, "at least two different seeds", String.valueOf(own), "list them, as [1, 2]");
    }
    if (new HashSet<>(own).size() < own.size()) {
      throw error(where, "seeds that differ", own.toString(), "leave the repeated one out");
    }
    List<String> settings = line.settings == null ? List.of() : line.settings;
    requireDistinctKeys(where, settings);
    requireNoSeed(where, settings);
    return new Experiment.Row(line.name, line.published, List.copyOf(settings), List.copyOf(own));
  }

  private void requireDistinctKeys(String where, List<String> settings) {
    Set<String> keys = new HashSet<>();
    for (String setting : settings) {
      if (setting == null || setting.indexOf('=') < 1) {
        throw error(
            where, "settings as KEY=VALUE", String.valueOf(setting), "write training.epochs=30");
      }
      if (!keys.add(key(setting))) {
        throw error(
            where, "one value of " + key(setting), settings.toString(), "leave the other one out");
      }
    }
  }

  private void requireNoSeed(String where, List<String> settings) {
    for (String setting : settings) {
      if (key(setting).equals(SEED)) {
        throw error(where, "no " + SEED, setting, "list seeds instead");
      }
    }
  }

  private static String key(String setting) {
    return setting.substring(0, setting.indexOf('='));
  }

  private void flatten(JsonNode node, String key, List<String> settings) {
    if (!node.isObject()) {
      if (key.isEmpty()) {
        throw error("base", "keys and values", node.toString(), "see configs/ for examples");
      }
      settings.add(key + "=" + node); // JSON is YAML
      return;
    }
    node.properties()
        .forEach(
            field ->
                flatten(
                    field.getValue(),
                    key.isEmpty() ? field.getKey() : key + "." + field.getKey(),
                    settings));
  }

  private UserError error(String where, String expected, String actual, String remedy) {
    return new UserError("cannot use " + where + " of " + file, expected, actual, remedy);
  }
}

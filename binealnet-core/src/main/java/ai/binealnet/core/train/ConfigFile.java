package ai.binealnet.core.train;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Configurations as YAML. A file states what differs from the defaults, {@code key=value} arguments
 * (with dots for nested keys, such as {@code training.epochs=30}) what differs from the file. An
 * unknown key is an error.
 */
public final class ConfigFile {
  private static final int LONGEST = 1 << 16;
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private ConfigFile() {}

  /**
   * The configuration that results from defaults, file and arguments, each overriding the one
   * before.
   *
   * @param file a YAML file, or null
   * @param overrides {@code key=value} arguments
   * @throws UserError for an unreadable file, an unknown key or a value of the wrong kind
   */
  public static <T> T resolve(T defaults, Path file, List<String> overrides) {
    ObjectNode tree = YAML.valueToTree(defaults);
    String origin = file == null ? "the arguments" : file.toString();
    if (file != null) {
      merge(tree, read(file), "", origin);
    }
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new UserError(
            "cannot use the argument " + override,
            "key=value",
            override,
            "write for example training.epochs=30");
      }
      merge(
          tree,
          nested(override.substring(0, equals), override.substring(equals + 1)),
          "",
          override);
    }
    return convert(tree, defaults, origin);
  }

  /**
   * The configuration that results from defaults and a text as {@link #text} gives it.
   *
   * @throws UserError for an unknown key or a value of the wrong kind
   */
  public static <T> T parse(T defaults, String text) {
    ObjectNode tree = YAML.valueToTree(defaults);
    try {
      merge(tree, YAML.readTree(text), "", "the stored configuration");
    } catch (JsonProcessingException e) {
      throw new UserError(
          "cannot read the stored configuration",
          "YAML",
          e.getOriginalMessage(),
          "export again",
          e);
    }
    return convert(tree, defaults, "the stored configuration");
  }

  /** Writes a configuration, whole, as YAML. */
  public static void write(Path file, Object config) {
    AtomicFiles.write(file, text(config).getBytes(StandardCharsets.UTF_8));
  }

  /** A configuration, whole, as YAML: equal for equal ones. */
  public static String text(Object config) {
    try {
      return YAML.writeValueAsString(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The content of a file of settings, unread. YAML takes hundreds of bytes of memory for one of
   * its own where brackets are nested, so what is far too long to be settings is refused.
   *
   * @throws UserError if it is longer than 64 kB
   * @throws IOException if it cannot be read
   */
  public static byte[] bytes(Path file) throws IOException {
    long length = Files.size(file);
    if (length > LONGEST) {
      throw new UserError(
          "cannot read the settings in " + file,
          "at most " + LONGEST + " bytes",
          length + " bytes",
          "check the path");
    }
    return Files.readAllBytes(file);
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode node = YAML.readTree(bytes(file));
      return node == null || node.isMissingNode() ? YAML.createObjectNode() : node;
    } catch (IOException e) {
      throw new UserError(
          "cannot read the configuration " + file,
          "a YAML file",
          e.getMessage(),
          "check the path and the syntax",
          e);
    }
  }

  private static JsonNode nested(String key, String value) {
    try {
      String[] parts = key.split("\\.");
      JsonNode node = YAML.readTree(value);
      for (int i = parts.length - 1; i >= 0; i--) {
        node = YAML.createObjectNode().set(parts[i], node);
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new UserError("cannot use the value of " + key, "a YAML scalar", value, "quote it", e);
    }
  }

  private static void merge(ObjectNode target, JsonNode source, String prefix, String origin) {
    if (!source.isObject()) {
      throw new UserError(
          "cannot use " + origin,
          "keys and values",
          source.getNodeType().toString(),
          "see configs/ for examples");
    }
    source
        .properties()
        .forEach(
            field -> {
              String key = field.getKey();
              if (FormerKeys.set(target, key, field.getValue())) {
                return;
              }
              JsonNode known = target.get(key);
              if (known == null) {
                throw unknown(prefix + key, target, origin);
              }
              if (field.getValue().isNull() || field.getValue().isMissingNode()) {
                throw new UserError(
                    "no value in " + origin,
                    "a value of " + prefix + key,
                    "nothing",
                    "give a value or leave the key out");
              }
              if (known.isObject()) {
                merge((ObjectNode) known, field.getValue(), prefix + key + ".", origin);
              } else {
                target.set(key, field.getValue());
              }
            });
  }

  private static UserError unknown(String key, ObjectNode known, String origin) {
    StringBuilder names = new StringBuilder();
    known
        .fieldNames()
        .forEachRemaining(name -> names.append(names.length() == 0 ? "" : ", ").append(name));
    return new UserError(
        "unknown key in " + origin, "one of " + names, key, "correct the spelling");
  }

  @SuppressWarnings("unchecked")
  private static <T> T convert(ObjectNode tree, T defaults, String origin) {
    try {
      return (T) YAML.treeToValue(tree, defaults.getClass());
    } catch (UnrecognizedPropertyException e) {
      throw new UserError(
          "unknown key in " + origin,
          "one of " + e.getKnownPropertyIds(),
          e.getPropertyName(),
          "correct the spelling",
          e);
    } catch (JsonMappingException e) {
      String path =
          e.getPathReference()
              .replaceAll("[^\\[]*\\[\"([^\"]*)\"\\](->)?", "$1.")
              .replaceAll("\\.$", "");
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof UserError error) {
        throw error; // a recipe that contradicts itself knows best what to do
      }
      String message =
          cause instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : cause.getMessage();
      throw new UserError(
          "cannot use the configuration of " + origin,
          "a valid value of " + path,
          message,
          "see configs/ for examples",
          e);
    } catch (JsonProcessingException e) {
      throw new UserError(
          "cannot use the configuration of " + origin,
          "valid values",
          e.getOriginalMessage(),
          "see configs/ for examples",
          e);
    }
  }
}

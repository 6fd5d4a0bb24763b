package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model file tells about itself besides its graph: enough to prepare pictures for it and to
 * read its outputs.
 *
 * @param task such as {@code classify}
 * @param classes names in the order of the labels
 * @param input how pictures become its input
 */
public record ModelCard(String task, List<String> classes, ImageSpec input) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TASK = "task";
  private static final String CLASSES = "classes";
  private static final String INPUT = "image_spec";

  /** Copies the classes. */
  public ModelCard {
    classes = List.copyOf(classes);
  }

  /** As entries of a model file's metadata; names and values are JSON where they are not plain. */
  public Map<String, String> toMetadata() {
    try {
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put(TASK, task);
      metadata.put(CLASSES, JSON.writeValueAsString(classes));
      metadata.put(INPUT, JSON.writeValueAsString(input));
      return metadata;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads the entries that {@link #toMetadata} wrote.
   *
   * @param origin the file, for the error
   * @throws UserError if one is missing or unreadable
   */
  public static ModelCard of(Map<String, String> metadata, String origin) {
    try {
      for (String key : List.of(TASK, CLASSES, INPUT)) {
        if (!metadata.containsKey(key)) {
          throw noCard(origin, "no entry " + key, null);
        }
      }
      List<String> classes =
          JSON.readValue(metadata.get(CLASSES), new TypeReference<List<String>>() {});
      ImageSpec input = JSON.readValue(metadata.get(INPUT), ImageSpec.class);
      if (classes == null || classes.contains(null) || input == null) {
        throw noCard(origin, "null", null);
      }
      return new ModelCard(metadata.get(TASK), classes, input);
    } catch (JsonProcessingException e) {
      throw noCard(origin, e.getOriginalMessage(), e);
    }
  }

  private static UserError noCard(String origin, String actual, Exception cause) {
    return new UserError(
        "cannot tell what model " + origin + " is for",
        "metadata task, classes and image_spec",
        actual,
        "export it again with binealnet export",
        cause);
  }
}

package ai.binealnet.core.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Short forms and keys of earlier versions that configurations may still use: those of old run
 * folders and model files stay readable.
 */
final class FormerKeys {
  private static final String SWITCH = "enabled";

  /** By the former key, each new place from the section that the key stood in. */
  private static final Map<String, List<String>> MOVED =
      Map.of(
          "decay", List.of("/weights/decay"),
          "binaryRate", List.of("/binaryWeights/rate"),
          "auxiliaryRate", List.of("/scales/rate", "/thresholds/rate"));

  private FormerKeys() {}

  /**
   * Sets a value whose key has moved, and {@code section: false} where a section with a switch
   * {@code enabled} is meant.
   *
   * @return whether that was so
   */
  static boolean set(ObjectNode section, String key, JsonNode value) {
    if (value.isBoolean() && section.path(key).has(SWITCH)) {
      ((ObjectNode) section.get(key)).set(SWITCH, value);
      return true;
    }
    List<String> places = MOVED.getOrDefault(key, List.of());
    boolean moved = !section.has(key) && !places.isEmpty() && section.has("binaryWeights");
    if (!moved || value.isContainerNode() || value.isNull()) {
      return false;
    }
    for (String place : places) {
      int slash = place.lastIndexOf('/');
      ((ObjectNode) section.at(place.substring(0, slash))).set(place.substring(slash + 1), value);
    }
    return true;
  }
}

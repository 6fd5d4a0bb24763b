package ai.binealnet.core.instrument;

import java.util.Map;

/**
 * What the instruments saw of one layer in one epoch.
 *
 * @param epoch from 1
 * @param layer its name, such as {@code stage1.block0.conv1}
 * @param kind of its parameters that the row is about, a role in lower case such as {@code
 *     binary_weight}
 * @param measures by the names in {@link LayerLog#MEASURES}; what does not apply is absent
 */
public record LayerRow(int epoch, String layer, String kind, Map<String, Double> measures) {
  /** Copies the measures. */
  public LayerRow {
    measures = Map.copyOf(measures);
  }
}

package ai.binealnet.deploy;

import ai.binealnet.deploy.lower.LayerReport;
import java.nio.file.Path;
import java.util.List;

/**
 * What was written.
 *
 * @param path the model file
 * @param kind its form
 * @param bytes its size
 * @param layers every layer that multiplies, and in an 8-bit file every operator left in float32
 */
public record ExportReport(Path path, ModelKind kind, long bytes, List<LayerReport> layers) {
  /** How many layers have 1-bit inputs and 1-bit weights and run on them. */
  public long binaryLayers() {
    return layers.stream().filter(layer -> layer.isBinary() && layer.accelerated()).count();
  }

  /** The layers that run in float32; each says why. */
  public List<LayerReport> notAccelerated() {
    return layers.stream().filter(layer -> !layer.accelerated()).toList();
  }
}

package ai.binealnet.deploy;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.LayerReports;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.parity.Golden;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a network as one model file. */
public final class Exporter {
  /** Metadata key: the conventions (packing, padding, rounding) that the file follows. */
  public static final String CONVENTIONS = "conventions";

  /** Metadata key: {@link ModelKind#label}. */
  public static final String KIND = "kind";

  /** Metadata key: the network's name. */
  public static final String NETWORK = "network";

  private static final String CONVENTIONS_VERSION = "1";

  private Exporter() {}

  /**
   * Writes a model file, completely or not at all.
   *
   * @param graph what the network's layers emitted, not lowered; its metadata goes into the file
   * @throws ai.binealnet.core.graph.UserError if the network holds NaN or the file cannot be
   *     written
   */
  public static ExportReport export(ModelGraph graph, ModelKind kind, Path file) {
    ModelGraph labelled = labelled(graph, kind);
    List<LayerReport> layers;
    byte[] bytes;
    switch (kind) {
      case BINARY -> {
        Lowered lowered = Lowering.lower(labelled);
        layers = lowered.layers();
        bytes = OnnxWriter.write(withGolden(lowered.graph()), file);
      }
      case FP32 -> {
        layers = LayerReports.ofReal(labelled);
        bytes = OnnxWriter.write(labelled, file);
      }
      case QONNX -> {
        layers = LayerReports.ofReal(labelled);
        bytes = OnnxWriter.writeQonnx(labelled, file);
      }
      default -> throw new IllegalArgumentException("no form is named " + kind);
    }
    return new ExportReport(file, kind, bytes.length, layers);
  }

  private static ModelGraph withGolden(ModelGraph lowered) {
    Map<String, String> metadata = new HashMap<>(lowered.metadata());
    metadata.putAll(Golden.metadata(lowered));
    return lowered.withMetadata(metadata);
  }

  private static ModelGraph labelled(ModelGraph graph, ModelKind kind) {
    Map<String, String> metadata = new HashMap<>(graph.metadata());
    metadata.put(CONVENTIONS, CONVENTIONS_VERSION);
    metadata.put(KIND, kind.label());
    metadata.put(NETWORK, graph.name());
    return graph.withMetadata(metadata);
  }
}

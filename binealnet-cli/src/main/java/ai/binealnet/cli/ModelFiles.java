package ai.binealnet.cli;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.cost.GraphWork;
import ai.binealnet.deploy.cost.LayerWork;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.LayerReports;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.Int8Layers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a run to a model file that carries its own layer report. */
final class ModelFiles {
  /** Only the components of records: what they compute is not stored. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  private static final String LAYERS = "layers";
  private static final String WORK = "work";

  private ModelFiles() {}

  /**
   * Writes a model file.
   *
   * @throws UserError if a packed form is asked of a network without binary layers, whose results
   *     depend on the order of sums and could not be verified
   */
  static ExportReport export(TrainedNetwork<?, ?> trained, ModelKind kind, Path file) {
    return export(trained, trained.graph(), kind, file);
  }

  /**
   * Writes a binary network in float32 with a real-valued first and last layer.
   *
   * @throws UserError if they are real in any case
   */
  static ExportReport exportRealEnds(TrainedNetwork<?, ?> trained, Path file) {
    ModelGraph graph = RealEnds.of(trained.graph(), trained.network().parameters());
    return export(trained, graph, ModelKind.FP32, file);
  }

  private static ExportReport export(
      TrainedNetwork<?, ?> trained, ModelGraph graph, ModelKind kind, Path file) {
    NetworkSummary summary = summary(graph, kind);
    if (kind == ModelKind.BINARY && summary.layers().stream().noneMatch(LayerReport::isBinary)) {
      throw new UserError(
          "there is nothing to pack in " + trained.run().root(),
          "a network with binary layers",
          trained.info().network() + ", which has none",
          "export it with --kind fp32");
    }
    return Exporter.export(withLayers(graph, summary), kind, file);
  }

  /**
   * Writes the 8-bit form of a full-precision network.
   *
   * @param calibration pictures of its training data
   */
  static ExportReport exportInt8(TrainedNetwork<?, ?> trained, Calibration calibration, Path file) {
    ModelGraph graph = trained.graph();
    return Exporter.exportInt8(
        withLayers(graph, summary(graph, ModelKind.INT8)), calibration, file);
  }

  private static ModelGraph withLayers(ModelGraph graph, NetworkSummary summary) {
    Map<String, String> metadata = new LinkedHashMap<>(graph.metadata());
    try {
      metadata.put(LAYERS, JSON.writeValueAsString(summary.layers()));
      metadata.put(WORK, JSON.writeValueAsString(summary.work()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return graph.withMetadata(metadata);
  }

  /** The layers of a graph as a file of that kind would run them. */
  static NetworkSummary summary(ModelGraph graph, ModelKind kind) {
    return switch (kind) {
      case BINARY -> {
        Lowered lowered = Lowering.lower(graph);
        yield new NetworkSummary(lowered.layers(), GraphWork.of(lowered.graph()));
      }
      case INT8 ->
          new NetworkSummary(
              Int8Layers.of(graph), GraphWork.of(graph).stream().map(LayerWork::at8Bits).toList());
      case FP32, QONNX -> new NetworkSummary(LayerReports.ofReal(graph), GraphWork.of(graph));
    };
  }

  /** The same from a model file's metadata. */
  static NetworkSummary summary(Map<String, String> metadata, Path file) {
    try {
      return new NetworkSummary(
          JSON.readValue(
              metadata.getOrDefault(LAYERS, ""), new TypeReference<List<LayerReport>>() {}),
          JSON.readValue(
              metadata.getOrDefault(WORK, "[]"), new TypeReference<List<LayerWork>>() {}));
    } catch (JsonProcessingException e) {
      throw new UserError(
          "cannot read the layers of " + file,
          "a model written by binealnet export",
          e.getOriginalMessage(),
          "export it again",
          e);
    }
  }
}

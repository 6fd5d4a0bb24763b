package ai.binealnet.deploy;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.lower.AnySize;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.lower.LayerReports;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.parity.Golden;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.quantize.Calibrator;
import ai.binealnet.deploy.quantize.Histogram;
import ai.binealnet.deploy.quantize.Int8Layers;
import ai.binealnet.deploy.quantize.QuantizedGraph;
import ai.binealnet.deploy.quantize.StaticQuantizer;
import ai.binealnet.deploy.runtime.Conventions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a network as one model file. */
public final class Exporter {
  /** Metadata key: {@link ModelKind#label}. */
  public static final String KIND = "kind";

  /** Metadata key: the network's name. */
  public static final String NETWORK = "network";

  /** Metadata key, 8-bit files only: on how many images, and how, the scales were found. */
  public static final String CALIBRATION = "calibration";

  private Exporter() {}

  /**
   * Writes a model file, completely or not at all.
   *
   * @param graph what the network's layers emitted, not lowered; its metadata goes into the file
   * @param kind any but {@link ModelKind#INT8}, for which see {@link #exportInt8}
   * @throws ai.binealnet.core.graph.UserError if the network holds NaN or the file cannot be
   *     written
   */
  public static ExportReport export(ModelGraph graph, ModelKind kind, Path file) {
    if (kind == ModelKind.INT8) {
      throw new IllegalArgumentException("int8 needs calibration images: call exportInt8");
    }
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

  /**
   * Quantizes a network to 8 bits (static, post-training) and writes it in QDQ form, which ONNX
   * Runtime fuses into integer operators. The results depend on the runtime: nothing here is
   * bit-exact.
   *
   * @param graph what the layers of a full-precision network emitted; its metadata goes into the
   *     file
   * @param calibration images of the training data
   * @return what was written; {@link ExportReport#notAccelerated} names what stayed in float32
   * @throws ai.binealnet.core.graph.UserError if the calibration images do not fit, the network
   *     holds NaN or the file cannot be written
   */
  public static ExportReport exportInt8(ModelGraph graph, Calibration calibration, Path file) {
    StaticQuantizer quantizer = new StaticQuantizer(graph);
    ModelGraph observed = quantizer.observed();
    Map<String, Histogram> seen =
        Calibrator.observe(observed, OnnxWriter.bytes(observed), calibration);
    QuantizedGraph quantized = quantizer.quantize(seen, calibration.method());
    ModelGraph labelled = labelled(graph, ModelKind.INT8);
    Map<String, String> metadata = new HashMap<>(labelled.metadata());
    metadata.put(CALIBRATION, calibration.count() + " images, " + calibration.method().label());
    byte[] bytes = OnnxWriter.write(quantized.withGraph(labelled.withMetadata(metadata)), file);
    return new ExportReport(file, ModelKind.INT8, bytes.length, Int8Layers.of(graph));
  }

  private static ModelGraph withGolden(ModelGraph lowered) {
    Map<String, String> metadata = new HashMap<>(lowered.metadata());
    metadata.putAll(Golden.metadata(lowered));
    return lowered.withMetadata(metadata);
  }

  private static ModelGraph labelled(ModelGraph graph, ModelKind kind) {
    AnySize.check(graph);
    Map<String, String> metadata = new HashMap<>(graph.metadata());
    metadata.put(Conventions.KEY, Conventions.VERSION);
    metadata.put(KIND, kind.label());
    metadata.put(NETWORK, graph.name());
    return graph.withMetadata(metadata);
  }
}

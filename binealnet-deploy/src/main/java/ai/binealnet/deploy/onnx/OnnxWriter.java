package ai.binealnet.deploy.onnx;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.quantize.QuantizedGraph;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.ModelSeal;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes graphs as ONNX models: input {@code image}, uint8 [N,H,W,C] with a free batch; outputs
 * under the graph's names, images NHWC. The same graph always gives the same bytes.
 */
public final class OnnxWriter {
  /** The domain of the project's operators. */
  public static final String DOMAIN = "ai.binealnet";

  /** The version of that domain. */
  static final long DOMAIN_VERSION = 1;

  /** The version of the standard operators: as high as the functions need, no higher. */
  static final long OPSET = 17;

  /** The file format's version that goes with it; the first with functions is 8. */
  static final long IR_VERSION = 8;

  private OnnxWriter() {}

  /** Serializes a graph, lowered or not, its metadata included, and seals it. */
  public static byte[] bytes(ModelGraph graph) {
    GraphWriter writer = new GraphWriter(graph);
    return bytes(graph, writer, writer.write());
  }

  /** Serializes an 8-bit network in QDQ form, its metadata included, and seals it. */
  public static byte[] bytes(QuantizedGraph quantized) {
    GraphWriter writer = new GraphWriter(quantized.graph());
    return bytes(quantized.graph(), writer, writer.write(quantized));
  }

  /** Serializes a graph that is not lowered in QONNX form, as {@link #bytes(ModelGraph)} does. */
  public static byte[] qonnxBytes(ModelGraph graph) {
    GraphWriter writer = new GraphWriter(graph);
    return bytes(graph, writer, writer.writeQonnx());
  }

  private static byte[] bytes(ModelGraph graph, GraphWriter writer, GraphProto proto) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("binealnet")
            .setGraph(proto)
            .addOpsetImport(opset("", OPSET));
    if (!writer.operators().isEmpty()) {
      model.addOpsetImport(opset(DOMAIN, DOMAIN_VERSION));
    }
    writer.operators().forEach(name -> model.addFunctions(Operators.function(name)));
    if (!writer.quantizers().isEmpty()) {
      model.addOpsetImport(opset(QonnxFunctions.DOMAIN, QonnxFunctions.VERSION));
    }
    writer.quantizers().forEach(name -> model.addFunctions(QonnxFunctions.function(name)));
    metadata(graph)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return ModelSeal.seal(model.build().toByteArray());
  }

  private static Map<String, String> metadata(ModelGraph graph) {
    Map<String, String> metadata = new TreeMap<>(graph.metadata());
    if (graph.takesAnySize()) {
      metadata.put(InputSize.EXAMPLE, graph.height() + "x" + graph.width());
      metadata.put(InputSize.MULTIPLE, Integer.toString(graph.sizeMultiple()));
    }
    return metadata;
  }

  /**
   * Writes a graph to a file, completely or not at all.
   *
   * @return what was written
   * @throws ai.binealnet.core.graph.UserError if the file cannot be written
   */
  public static byte[] write(ModelGraph graph, Path file) {
    return write(bytes(graph), file);
  }

  /**
   * Writes an 8-bit network to a file, completely or not at all.
   *
   * @return what was written
   * @throws ai.binealnet.core.graph.UserError if the file cannot be written
   */
  public static byte[] write(QuantizedGraph quantized, Path file) {
    return write(bytes(quantized), file);
  }

  private static byte[] write(byte[] bytes, Path file) {
    AtomicFiles.write(file, bytes);
    return bytes;
  }

  /**
   * Writes a graph in QONNX form to a file, completely or not at all.
   *
   * @param graph not lowered
   * @return what was written
   * @throws ai.binealnet.core.graph.UserError if the file cannot be written
   */
  public static byte[] writeQonnx(ModelGraph graph, Path file) {
    byte[] bytes = qonnxBytes(graph);
    AtomicFiles.write(file, bytes);
    return bytes;
  }

  private static OperatorSetIdProto opset(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }
}

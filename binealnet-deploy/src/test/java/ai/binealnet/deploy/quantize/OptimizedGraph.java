package ai.binealnet.deploy.quantize;

import ai.binealnet.deploy.runtime.OrtSessions;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What ONNX Runtime makes of a model before it runs it. */
final class OptimizedGraph {
  private final List<NodeProto> nodes;

  private OptimizedGraph(List<NodeProto> nodes) {
    this.nodes = nodes;
  }

  /** The nodes after all optimizations, dumped to {@code dump}. */
  static OptimizedGraph of(Path model, Path dump) throws OrtException, IOException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setOptimizedModelFilePath(dump.toString());
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtSessions.environment().createSession(model.toString(), options).close();
    }
    return new OptimizedGraph(
        ModelProto.parseFrom(Files.readAllBytes(dump)).getGraph().getNodeList());
  }

  /** How often each operator occurs. */
  Map<String, Integer> operators() {
    Map<String, Integer> counts = new TreeMap<>();
    nodes.forEach(node -> counts.merge(node.getOpType(), 1, Integer::sum));
    return counts;
  }

  List<NodeProto> nodes() {
    return nodes;
  }
}

package ai.binealnet.deploy.parity;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.lower.ValueType.Kind;
import ai.binealnet.deploy.lower.ValueTypes;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.binealnet.deploy.runtime.Predictor;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ONNX Runtime on a model file: the outputs come from the file as it is, the packed values from a
 * copy in memory that returns them too.
 */
public final class OrtImplementation implements Implementation, AutoCloseable {
  private final ModelGraph graph;
  private final String name;
  private final Predictor predictor;
  private final OrtSession inspector;

  /**
   * Opens a file, to be computed by its functions.
   *
   * @param lowered the graph that the file was written from
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws ai.binealnet.core.graph.UserError if the file is no whole model
   */
  public OrtImplementation(Path file, ModelGraph lowered, int threads) {
    this(file, lowered, threads, Kernels.FUNCTIONS);
  }

  /**
   * Opens a file.
   *
   * @param lowered the graph that the file was written from
   * @param threads threads of one run, or 0 for as many as there are cores
   * @param kernels what computes the operators of the project's domain
   * @throws ai.binealnet.core.graph.UserError if the file is no whole model
   */
  public OrtImplementation(Path file, ModelGraph lowered, int threads, Kernels kernels) {
    name = kernels.areNative() ? "native" : "onnxruntime";
    graph = lowered;
    predictor = Predictor.open(file, threads, kernels);
    try {
      inspector = OrtSessions.create(returningAll(Predictor.read(file)), threads, kernels);
    } catch (OrtException | InvalidProtocolBufferException e) {
      predictor.close();
      throw new IllegalStateException("cannot inspect model " + file + ": " + e.getMessage(), e);
    }
  }

  /** The same model with its described values, which are the packed ones, as further outputs. */
  private static byte[] returningAll(byte[] model) throws InvalidProtocolBufferException {
    ModelProto.Builder copy = ModelProto.parseFrom(model).toBuilder();
    for (ValueInfoProto value : copy.getGraph().getValueInfoList()) {
      copy.getGraphBuilder().addOutput(value);
    }
    copy.getGraphBuilder().clearValueInfo();
    return copy.build().toByteArray();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Activation> run(Activation.Pixels images) {
    Map<String, ValueType> types = ValueTypes.infer(graph.at(images.height(), images.width()));
    Map<String, Activation> values = new LinkedHashMap<>();
    try {
      inspect(images, types, values);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
    predictor
        .run(images.values(), images.batch(), images.height(), images.width())
        .forEach((name, y) -> values.put(name, real(types.get(name), images.batch(), y)));
    return values;
  }

  private static Activation real(ValueType type, int batch, FloatTensor tensor) {
    return new Activation.Real(
        batch, type.height(), type.width(), type.channels(), tensor.values());
  }

  private void inspect(
      Activation.Pixels images, Map<String, ValueType> types, Map<String, Activation> values)
      throws OrtException {
    long[] extents = {images.batch(), images.height(), images.width(), images.channels()};
    ByteBuffer pixels = ByteBuffer.wrap(images.values());
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OnnxTensor image =
        OnnxTensor.createTensor(OrtSessions.environment(), pixels, extents, OnnxJavaType.UINT8)) {
      inputs.put(graph.input(), image);
      try (OrtSession.Result result = inspector.run(inputs)) {
        for (Map.Entry<String, OnnxValue> entry : result) {
          ValueType type = types.get(entry.getKey());
          if (type.kind() == Kind.BITS || type.kind() == Kind.INT8) {
            OnnxTensor tensor = (OnnxTensor) entry.getValue();
            values.put(entry.getKey(), packed(type, tensor, images.batch()));
          }
        }
      }
    }
  }

  private static Activation packed(ValueType type, OnnxTensor tensor, int batch) {
    int h = type.height();
    int w = type.width();
    int c = type.channels();
    return type.kind() == Kind.BITS
        ? new Activation.Bits(
            batch, h, w, c, bytes(tensor, batch * h * w * BitPacking.bytesPerPixel(c)))
        : new Activation.Int8(
            batch, h, w, c, bytes(tensor, batch * h * w * BitPacking.paddedChannels(c)));
  }

  private static byte[] bytes(OnnxTensor tensor, int length) {
    byte[] bytes = new byte[length];
    tensor.getByteBuffer().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    try {
      inspector.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the model: " + e.getMessage(), e);
    } finally {
      predictor.close();
    }
  }
}

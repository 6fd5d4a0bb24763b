package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.BinaryMaxPool;
import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.PackedUpsample;
import ai.binealnet.core.graph.StreamPool;
import ai.binealnet.core.graph.Upsample;
import ai.binealnet.deploy.lower.ValueType.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Infers form and extents of every value of a graph, lowered or not. */
public final class ValueTypes {
  private final Map<String, ValueType> types = new LinkedHashMap<>();

  private ValueTypes() {}

  /**
   * The type of every value, in the order they are written.
   *
   * @throws IllegalArgumentException if some window does not fit its input, or a sum's inputs
   *     differ
   */
  public static Map<String, ValueType> infer(ModelGraph graph) {
    ValueTypes inference = new ValueTypes();
    inference.types.put(
        graph.input(), new ValueType(Kind.PIXELS, graph.height(), graph.width(), graph.channels()));
    graph.nodes().forEach(inference::visit);
    return inference.types;
  }

  private void visit(Node node) {
    ValueType in = types.get(node.inputs().get(0));
    switch (node.op()) {
      case NORMALIZE -> put(node, in.as(Kind.REAL));
      case CONV2D -> {
        Conv2d conv = (Conv2d) node;
        put(node, convolved(in, conv.geometry(), conv.outputChannels()));
      }
      case PACKED_CONV2D -> {
        PackedConv2d conv = (PackedConv2d) node;
        put(conv, convolved(in, conv.geometry(), conv.outputChannels()), conv.epilogue());
      }
      case BYTE_CONV2D -> {
        ByteConv2d conv = (ByteConv2d) node;
        put(conv, convolved(in, conv.geometry(), conv.outputChannels()), conv.epilogue());
      }
      case ADD -> {
        ValueType right = types.get(node.inputs().get(1));
        if (!in.equals(right)) {
          throw new IllegalArgumentException(node.name() + " adds " + in + " and " + right);
        }
        put(node, in);
      }
      case AFFINE, BINARIZE, PRELU, QUANTIZE -> put(node, in);
      case MAX_POOL -> put(node, convolved(in, ((MaxPool) node).geometry(), in.channels()));
      case BINARY_MAX_POOL ->
          put(node, convolved(in, ((BinaryMaxPool) node).geometry(), in.channels()));
      case STREAM_POOL -> put(node, convolved(in, ((StreamPool) node).geometry(), in.channels()));
      case AVERAGE_POOL -> {
        int size = ((AveragePool) node).size();
        put(node, in.resized(in.height() / size, in.width() / size, in.channels()));
      }
      case UPSAMPLE -> put(node, enlarged(in, ((Upsample) node).factor(), in.channels()));
      case PACKED_UPSAMPLE ->
          put(node, enlarged(in, ((PackedUpsample) node).factor(), in.channels()));
      case DEPTH_TO_SPACE -> put(node, depthToSpace((DepthToSpace) node, in));
      case GLOBAL_AVERAGE_POOL -> put(node, new ValueType(Kind.VECTOR, 1, 1, in.channels()));
      case PACKED_GLOBAL_POOL -> put(node, new ValueType(Kind.INT8, 1, 1, in.channels()));
      case BYTE_LINEAR ->
          put(node, new ValueType(Kind.VECTOR, 1, 1, ((ByteLinear) node).outputFeatures()));
      case LINEAR -> put(node, in.resized(1, 1, ((Linear) node).outputFeatures()));
      case PACK_BITS, STREAM_BINARIZE -> put(node, in.as(Kind.BITS));
      case UNPACK_BITS, STREAM_DEQUANTIZE -> put(node, in.as(Kind.REAL));
      default ->
          throw new IllegalArgumentException(node.name() + " has an unknown operator " + node.op());
    }
  }

  private static ValueType convolved(ValueType in, ConvGeometry window, int channels) {
    return in.resized(window.outputHeight(in.height()), window.outputWidth(in.width()), channels);
  }

  private static ValueType enlarged(ValueType in, int factor, int channels) {
    return in.resized(in.height() * factor, in.width() * factor, channels);
  }

  private static ValueType depthToSpace(DepthToSpace node, ValueType in) {
    int block = node.factor() * node.factor();
    if (in.channels() % block != 0) {
      throw new IllegalArgumentException(
          node.name() + " makes pixels of " + in.channels() + " channels, no multiple of " + block);
    }
    return enlarged(in, node.factor(), in.channels() / block);
  }

  private void put(Node node, ValueType type) {
    types.put(node.outputs().get(0), type);
  }

  private void put(Node node, ValueType type, Epilogue epilogue) {
    List<String> outputs = node.outputs();
    if (epilogue instanceof Epilogue.ToFloat) {
      types.put(outputs.get(0), type.as(Kind.REAL));
    } else if (epilogue instanceof Epilogue.Threshold
        || epilogue instanceof Epilogue.AddThreshold) {
      types.put(outputs.get(0), type.as(Kind.BITS));
    } else {
      types.put(outputs.get(0), type.as(Kind.INT8));
    }
    if (outputs.size() == 2) {
      types.put(outputs.get(1), type.as(Kind.BITS));
    }
  }
}

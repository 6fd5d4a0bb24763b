package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.PackedGlobalPool;
import ai.binealnet.core.graph.PackedUpsample;
import ai.binealnet.core.graph.StreamPool;

/** The names under which nodes are written, reported and documented. */
public final class OperatorNames {
  private OperatorNames() {}

  /** The operator of domain {@code ai.binealnet} for a lowered node, or a standard one's name. */
  public static String of(Node node) {
    return switch (node.op()) {
      case PACKED_CONV2D -> "BinaryConv2d" + suffix(((PackedConv2d) node).epilogue());
      case BYTE_CONV2D -> byteConv((ByteConv2d) node);
      case PACK_BITS -> "Binarize";
      case UNPACK_BITS -> "Unbinarize";
      case BINARY_MAX_POOL -> "BinaryMaxPool2d";
      case STREAM_POOL -> ((StreamPool) node).average() ? "StreamAveragePool2d" : "StreamMaxPool2d";
      case STREAM_BINARIZE -> "StreamBinarize";
      case STREAM_DEQUANTIZE -> "StreamDequantize";
      case PACKED_GLOBAL_POOL ->
          ((PackedGlobalPool) node).bits() ? "BinaryGlobalAveragePool" : "StreamGlobalAveragePool";
      case PACKED_UPSAMPLE ->
          ((PackedUpsample) node).bits() ? "BinaryUpsample2d" : "StreamUpsample2d";
      case BYTE_LINEAR -> byteConv(((ByteLinear) node).convolution());
      case CONV2D -> "Conv";
      case LINEAR -> "Gemm";
      default -> node.getClass().getSimpleName();
    };
  }

  private static String byteConv(ByteConv2d conv) {
    String suffix = suffix(conv.epilogue());
    return "ByteConv2d" + (suffix.isEmpty() ? "Binarize" : suffix);
  }

  private static String suffix(Epilogue epilogue) {
    if (epilogue instanceof Epilogue.Threshold) {
      return "";
    }
    if (epilogue instanceof Epilogue.QuantizeTo) {
      return "Quantized";
    }
    if (epilogue instanceof Epilogue.AddThreshold) {
      return "AddBinarize";
    }
    if (epilogue instanceof Epilogue.Stream stream) {
      return stream.thresholds() == null ? "Stream" : "StreamBinarize";
    }
    return "Float";
  }
}

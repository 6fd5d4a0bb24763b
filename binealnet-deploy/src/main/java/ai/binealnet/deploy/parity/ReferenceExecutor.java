package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.BinaryMaxPool;
import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackBits;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.PackedGlobalPool;
import ai.binealnet.core.graph.PackedUpsample;
import ai.binealnet.core.graph.StreamBinarize;
import ai.binealnet.core.graph.StreamDequantize;
import ai.binealnet.core.graph.StreamPool;
import ai.binealnet.deploy.parity.Activation.Bits;
import ai.binealnet.deploy.parity.Activation.Int8;
import ai.binealnet.deploy.parity.Activation.Pixels;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes a lowered graph on packed bits and 8-bit integers: the definition of the operators. */
public final class ReferenceExecutor implements Implementation {
  private final ModelGraph graph;

  /** An executor of a lowered graph. */
  public ReferenceExecutor(ModelGraph graph) {
    this.graph = graph;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Map<String, Activation> run(Pixels images) {
    Map<String, Activation> values = new HashMap<>(Map.of(graph.input(), images));
    Map<String, Activation> written = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      List<Activation> results = compute(node, values);
      for (int i = 0; i < results.size(); i++) {
        values.put(node.outputs().get(i), results.get(i));
        written.put(node.outputs().get(i), results.get(i));
      }
    }
    return written;
  }

  private static List<Activation> compute(Node node, Map<String, Activation> values) {
    Activation x = values.get(node.inputs().get(0));
    switch (node.op()) {
      case PACKED_CONV2D:
        PackedConv2d packed = (PackedConv2d) node;
        return Epilogues.apply(
            packed.epilogue(), Accumulators.of(packed, (Bits) x), second(node, values));
      case BYTE_CONV2D:
        ByteConv2d bytes = (ByteConv2d) node;
        return Epilogues.apply(bytes.epilogue(), Accumulators.of(bytes, x), second(node, values));
      case PACK_BITS:
        return List.of(PackedOps.packBits((PackBits) node, x));
      case UNPACK_BITS:
        return List.of(PackedOps.unpackBits((Bits) x));
      case BINARY_MAX_POOL:
        return List.of(PackedOps.maxPool((BinaryMaxPool) node, (Bits) x));
      case STREAM_POOL:
        return List.of(PackedOps.pool((StreamPool) node, (Int8) x));
      case STREAM_BINARIZE:
        return List.of(PackedOps.binarize((StreamBinarize) node, (Int8) x));
      case PACKED_GLOBAL_POOL:
        return List.of(PackedOps.globalPool((PackedGlobalPool) node, x));
      case PACKED_UPSAMPLE:
        return List.of(Resampling.upsample((PackedUpsample) node, x));
      case BYTE_LINEAR:
        ByteConv2d linear = ((ByteLinear) node).convolution();
        return Epilogues.apply(linear.epilogue(), Accumulators.of(linear, x), null);
      case STREAM_DEQUANTIZE:
        return List.of(PackedOps.dequantize((StreamDequantize) node, (Int8) x));
      default:
        return List.of(RealExecutor.compute(node, values));
    }
  }

  private static Int8 second(Node node, Map<String, Activation> values) {
    return node.inputs().size() < 2 ? null : (Int8) values.get(node.inputs().get(1));
  }
}

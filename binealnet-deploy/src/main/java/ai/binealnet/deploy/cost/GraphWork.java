package ai.binealnet.deploy.cost;

import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.lower.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The work of a graph's layers, lowered or not, in the order of the layer reports. */
public final class GraphWork {
  private static final int REAL_BITS = 32;
  private static final int BYTE_BITS = 8;

  private final Map<String, ValueType> types;
  private final List<LayerWork> layers = new ArrayList<>();

  private GraphWork(ModelGraph graph) {
    types = ValueTypes.infer(graph);
    graph.nodes().forEach(this::visit);
  }

  /** One entry for each convolution and fully connected layer. */
  public static List<LayerWork> of(ModelGraph graph) {
    return List.copyOf(new GraphWork(graph).layers);
  }

  private void visit(Node node) {
    switch (node.op()) {
      case CONV2D -> {
        Conv2d conv = (Conv2d) node;
        int bits = conv.binaryInput() ? 1 : REAL_BITS;
        add(node, conv.geometry(), conv.inputChannels(), bits, conv.weightType().bits(), null);
      }
      case PACKED_CONV2D -> {
        PackedConv2d conv = (PackedConv2d) node;
        add(node, conv.geometry(), conv.inputChannels(), 1, 1, conv.epilogue());
      }
      case BYTE_CONV2D -> byteConv((ByteConv2d) node);
      case BYTE_LINEAR -> byteConv(((ByteLinear) node).convolution());
      case LINEAR -> linear((Linear) node);
      default -> {
        // Nothing to multiply with.
      }
    }
  }

  private void byteConv(ByteConv2d conv) {
    add(conv, conv.geometry(), conv.inputChannels(), BYTE_BITS, BYTE_BITS, conv.epilogue());
  }

  /** A head with 8-bit weights reads small integers: what it pools has at most 8 bits. */
  private void linear(Linear node) {
    int in = node.inputFeatures();
    boolean eightBit = node.weightType() == WeightType.INT8;
    layers.add(
        new LayerWork(
            node.name(),
            in,
            node.outputFeatures(),
            1,
            in,
            eightBit ? BYTE_BITS : REAL_BITS,
            node.weightType().bits(),
            0,
            REAL_BITS));
  }

  private void add(
      Node node,
      ConvGeometry window,
      int channels,
      int inputBits,
      int weightBits,
      Epilogue epilogue) {
    ValueType in = types.get(node.inputs().get(0));
    ValueType out = types.get(node.outputs().get(0));
    layers.add(
        new LayerWork(
            node.name(),
            window.taps() * channels,
            out.channels(),
            (long) out.height() * out.width(),
            (long) in.height() * in.width() * channels,
            inputBits,
            weightBits,
            residualBits(epilogue),
            outputBits(node, epilogue)));
  }

  private static int residualBits(Epilogue epilogue) {
    if (epilogue instanceof Epilogue.AddThreshold add) {
      return levelBits(add.quantize());
    }
    boolean residual = epilogue instanceof Epilogue.Stream stream && stream.residualFactor() != 0;
    return residual ? BYTE_BITS : 0;
  }

  private int outputBits(Node node, Epilogue epilogue) {
    if (epilogue instanceof Epilogue.QuantizeTo quantize) {
      return levelBits(quantize);
    }
    return node.outputs().stream().mapToInt(value -> types.get(value).kind().bits()).sum();
  }

  /** Bits that the levels need; files store them in whole bytes. */
  private static int levelBits(Epilogue.QuantizeTo quantize) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(quantize.max() - quantize.min());
  }
}

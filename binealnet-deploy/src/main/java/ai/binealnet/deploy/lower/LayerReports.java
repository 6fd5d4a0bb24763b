package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.ByteConv2d;
import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Epilogue;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PackedConv2d;
import ai.binealnet.core.graph.WeightType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports convolutions and fully connected layers of a graph, lowered or not. */
public final class LayerReports {
  private static final String NOT_LOWERED = "it is not lowered";

  private final ModelGraph graph;
  private final Map<String, ValueType> types;
  private final Map<String, String> reasons;

  private LayerReports(ModelGraph graph, Map<String, String> reasons) {
    this.graph = graph;
    this.types = ValueTypes.infer(graph);
    this.reasons = reasons;
  }

  /** The layers of a graph, with the reasons by name why some stay real. */
  static List<LayerReport> of(ModelGraph graph, Map<String, String> reasons) {
    LayerReports reports = new LayerReports(graph, reasons);
    List<LayerReport> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case CONV2D -> layers.add(reports.report((Conv2d) node));
        case LINEAR -> layers.add(reports.report((Linear) node));
        case PACKED_CONV2D -> layers.add(reports.report((PackedConv2d) node));
        case BYTE_CONV2D -> layers.add(reports.report((ByteConv2d) node));
        case BYTE_LINEAR -> layers.add(reports.report(((ByteLinear) node).convolution()));
        default -> {
          // Nothing to multiply with.
        }
      }
    }
    return List.copyOf(layers);
  }

  /** The layers of a graph as it would run in float32. */
  public static List<LayerReport> ofReal(ModelGraph graph) {
    return of(graph, Map.of());
  }

  private LayerReport report(Conv2d conv) {
    String reason = reasons.getOrDefault(conv.name(), NOT_LOWERED);
    int bits = conv.binaryInput() ? 1 : 32;
    long bytes = 4L * conv.weights().length;
    return new LayerReport(
        conv.name(),
        OperatorNames.of(conv),
        bits,
        conv.weightType().bits(),
        macs(conv, conv.weights().length),
        bytes,
        false,
        reason);
  }

  private LayerReport report(Linear linear) {
    boolean eightBit = linear.weightType() == WeightType.INT8;
    int weights = linear.weights().length;
    return new LayerReport(
        linear.name(),
        OperatorNames.of(linear),
        32,
        linear.weightType().bits(),
        weights,
        (eightBit ? weights : 4L * weights) + 4L * linear.outputFeatures(),
        false,
        reasons.getOrDefault(linear.name(), NOT_LOWERED));
  }

  private LayerReport report(PackedConv2d conv) {
    long weights = (long) conv.geometry().taps() * conv.inputChannels() * conv.outputChannels();
    return new LayerReport(
        conv.name(),
        OperatorNames.of(conv),
        1,
        1,
        macs(conv, weights),
        conv.weights().length + bytes(conv.epilogue()),
        true,
        "");
  }

  private LayerReport report(ByteConv2d conv) {
    return new LayerReport(
        conv.name(),
        OperatorNames.of(conv),
        8,
        8,
        macs(conv, conv.weights().length),
        conv.weights().length + bytes(conv.epilogue()),
        true,
        "");
  }

  private long macs(Node node, long weights) {
    ValueType out = types.get(node.outputs().get(0));
    return weights * out.height() * out.width();
  }

  private static long bytes(Epilogue epilogue) {
    if (epilogue instanceof Epilogue.Threshold threshold) {
      return 4L * threshold.thresholds().length;
    }
    if (epilogue instanceof Epilogue.AddThreshold add) {
      return bytes(add.quantize()) + 5L * add.thresholds().length;
    }
    if (epilogue instanceof Epilogue.QuantizeTo quantize) {
      return 8L * quantize.scale().length;
    }
    if (epilogue instanceof Epilogue.Stream stream) {
      int arrays = 2 + (stream.slope() == null ? 0 : 1) + (stream.thresholds() == null ? 0 : 1);
      return 4L * arrays * stream.scale().length;
    }
    return 8L * ((Epilogue.ToFloat) epilogue).scale().length;
  }
}

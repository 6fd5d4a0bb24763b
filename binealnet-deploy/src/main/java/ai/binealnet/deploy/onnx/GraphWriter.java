package ai.binealnet.deploy.onnx;

import ai.binealnet.core.binary.BitPacking;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Op;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.lower.ValueType.Kind;
import ai.binealnet.deploy.lower.ValueTypes;
import ai.binealnet.deploy.quantize.QuantizedGraph;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes one graph. Packed values are NHWC as everywhere; real images are NCHW inside the file,
 * because that is what ONNX convolutions read. Names that the writer invents contain a slash, which
 * names of layers and values do not.
 */
final class GraphWriter {
  private static final String BATCH = "N";
  private static final String HEIGHT = "H";
  private static final String WIDTH = "W";

  private final ModelGraph graph;
  private final Map<String, ValueType> types;
  private final Layouts layouts;
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Set<String> operators = new TreeSet<>();
  private final Set<String> quantizers = new TreeSet<>();

  GraphWriter(ModelGraph graph) {
    this.graph = graph;
    this.types = ValueTypes.infer(graph);
    this.layouts = new Layouts(graph, types);
  }

  /** The operators of the project's domain that were written, in order. */
  Set<String> operators() {
    return operators;
  }

  /** The operators of QONNX's domain that were written, in order. */
  Set<String> quantizers() {
    return quantizers;
  }

  GraphProto write() {
    return write(this::writeNodes);
  }

  /** Writes the graph with the nodes of its 8-bit form. */
  GraphProto write(QuantizedGraph quantized) {
    return write(new QdqNodes(this, quantized)::write);
  }

  /** Writes a graph that is not lowered in QONNX form. */
  GraphProto writeQonnx() {
    QonnxNodes nodes = new QonnxNodes(this);
    return write(() -> graph.nodes().forEach(nodes::write));
  }

  private GraphProto write(Runnable nodes) {
    proto.setName(graph.name());
    proto.addInput(info(graph.input(), types.get(graph.input())));
    nodes.run();
    types.forEach(this::describe);
    graph.outputs().forEach(this::writeOutput);
    return proto.build();
  }

  private void writeNodes() {
    RealNodes real = new RealNodes(this);
    LoweredNodes lowered = new LoweredNodes(this);
    for (Node node : graph.nodes()) {
      if (isLowered(node.op())) {
        lowered.write(node);
      } else if (node instanceof DepthToSpace pixels && isChannelsLast(pixels.output())) {
        lowered.depthToSpace(pixels);
      } else {
        real.write(node);
      }
    }
  }

  private static boolean isLowered(Op op) {
    return op.compareTo(Op.PACK_BITS) >= 0;
  }

  ValueType type(String value) {
    return types.get(value);
  }

  /**
   * The name in the file of a value: real images that leave the graph are transposed at its end, if
   * they are not NHWC already.
   */
  String name(String value) {
    return isTransposedOutput(value) ? value + "/nchw" : value;
  }

  /** Whether a real image is NHWC in the file. */
  boolean isChannelsLast(String value) {
    return layouts.isChannelsLast(value);
  }

  private boolean isTransposedOutput(String value) {
    return graph.outputs().contains(value)
        && types.get(value).kind() == Kind.REAL
        && !layouts.isChannelsLast(value);
  }

  private void writeOutput(String value) {
    if (isTransposedOutput(value)) {
      List<AttributeProto> channelsLast = List.of(Attributes.ints("perm", 0, 2, 3, 1));
      named(value + "/last", value, "Transpose", channelsLast, name(value));
    }
    proto.addOutput(info(value, types.get(value)));
  }

  /** Packed values carry their extents, for readers and for tools that add outputs. */
  private void describe(String value, ValueType type) {
    boolean packed = type.kind() == Kind.BITS || type.kind() == Kind.INT8;
    if (packed && !graph.outputs().contains(value)) {
      proto.addValueInfo(info(value, type));
    }
  }

  /** Adds a standard node with one output. */
  String node(String output, String type, List<AttributeProto> attributes, String... inputs) {
    add("", output, type, attributes, List.of(inputs), List.of(output));
    return output;
  }

  /** Adds a standard node that must not bear the name of its output, because another one does. */
  void named(
      String name, String output, String type, List<AttributeProto> attributes, String input) {
    add("", name, type, attributes, List.of(input), List.of(output));
  }

  /** Adds a node of the project's domain. */
  void operator(
      String name,
      String type,
      List<AttributeProto> attributes,
      List<String> in,
      List<String> out) {
    operators.add(type);
    add(OnnxWriter.DOMAIN, name, type, attributes, in, out);
  }

  /** Adds a node of QONNX's domain. */
  String quantizer(String output, String type, List<AttributeProto> attributes, String... inputs) {
    quantizers.add(type);
    add(QonnxFunctions.DOMAIN, output, type, attributes, List.of(inputs), List.of(output));
    return output;
  }

  private void add(
      String domain,
      String name,
      String type,
      List<AttributeProto> attributes,
      List<String> inputs,
      List<String> outputs) {
    proto.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setName(name)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(attributes));
  }

  /** Adds an initializer and returns its name. */
  String initializer(String name, TensorProto value) {
    proto.addInitializer(value.toBuilder().setName(name));
    return name;
  }

  private ValueInfoProto info(String name, ValueType type) {
    long channels =
        switch (type.kind()) {
          case BITS -> BitPacking.bytesPerPixel(type.channels());
          case INT8 -> BitPacking.paddedChannels(type.channels());
          default -> type.channels();
        };
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(symbol(BATCH));
    if (type.kind() != Kind.VECTOR) {
      shape.addDim(extent(name, HEIGHT, type.height()));
      shape.addDim(extent(name, WIDTH, type.width()));
    }
    shape.addDim(Dimension.newBuilder().setDimValue(channels));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(dataType(type).getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /**
   * A free extent has a symbol: each value its own, because equal symbols promise equal extents.
   */
  private Dimension.Builder extent(String name, String axis, long fixed) {
    if (!graph.takesAnySize()) {
      return Dimension.newBuilder().setDimValue(fixed);
    }
    return symbol(name.equals(graph.input()) ? axis : name + "/" + axis);
  }

  private static Dimension.Builder symbol(String name) {
    return Dimension.newBuilder().setDimParam(name);
  }

  private static DataType dataType(ValueType type) {
    return switch (type.kind()) {
      case PIXELS, BITS -> DataType.UINT8;
      case INT8 -> DataType.INT8;
      case REAL, VECTOR -> DataType.FLOAT;
    };
  }
}

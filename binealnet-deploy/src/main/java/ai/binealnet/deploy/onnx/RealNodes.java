package ai.binealnet.deploy.onnx;

import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.Upsample;
import ai.binealnet.deploy.lower.ValueType.Kind;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;

/** Writes real-valued nodes as standard operators, images NCHW. */
final class RealNodes {
  private final GraphWriter writer;
  private final Products products;

  RealNodes(GraphWriter writer) {
    this.writer = writer;
    this.products = new Products(writer);
  }

  void write(Node node) {
    List<String> inputs = node.inputs().stream().map(writer::name).toList();
    write(node, inputs, writer.name(node.outputs().get(0)));
  }

  /** Writes a node that reads and writes other names than its own. */
  void write(Node node, List<String> inputs, String y) {
    String x = inputs.get(0);
    switch (node.op()) {
      case NORMALIZE -> normalize((Normalize) node, x, y);
      case CONV2D -> products.conv((Conv2d) node, x, y, products.weights((Conv2d) node));
      case LINEAR -> products.linear((Linear) node, x, y);
      case AFFINE -> affine((Affine) node, x, y);
      case BINARIZE -> binarize((Binarize) node, x, y);
      case PRELU -> prelu(node, ((PRelu) node).slope(), x, y);
      case ADD -> writer.node(y, "Add", List.of(), x, inputs.get(1));
      case QUANTIZE -> quantize((Quantize) node, x, y);
      case AVERAGE_POOL -> {
        int size = ((AveragePool) node).size();
        pool("AveragePool", new ConvGeometry(size, size, size, 0, 1), x, y);
      }
      case MAX_POOL -> pool("MaxPool", ((MaxPool) node).geometry(), x, y);
      case UPSAMPLE -> upsample((Upsample) node, x, y);
      case DEPTH_TO_SPACE -> depthToSpace((DepthToSpace) node, x, y);
      case GLOBAL_AVERAGE_POOL -> globalPool((GlobalAveragePool) node, x, y);
      default ->
          throw new IllegalArgumentException(node.name() + " has no standard form: " + node.op());
    }
  }

  private void normalize(Normalize node, String x, String y) {
    String cast =
        writer.node(
            y + "/cast", "Cast", List.of(Attributes.integer("to", DataType.FLOAT.getNumber())), x);
    String image =
        writer.node(y + "/image", "Transpose", List.of(Attributes.ints("perm", 0, 3, 1, 2)), cast);
    String centred =
        writer.node(y + "/centred", "Sub", List.of(), image, channels(node, "mean", node.mean()));
    writer.node(y, "Div", List.of(), centred, channels(node, "std", node.std()));
  }

  private void affine(Affine node, String x, String y) {
    String scaled =
        writer.node(y + "/scaled", "Mul", List.of(), x, channels(node, "scale", node.scale()));
    writer.node(y, "Add", List.of(), scaled, channels(node, "shift", node.shift()));
  }

  private void prelu(Node node, float[] slope, String x, String y) {
    boolean relu = true;
    for (float s : slope) {
      relu &= s == 0;
    }
    if (relu) {
      writer.node(y, "Relu", List.of(), x);
    } else {
      writer.node(y, "PRelu", List.of(), x, channels(node, "slope", slope));
    }
  }

  /** The number whose sign is the activation. */
  String beforeSign(Binarize node, String x, String y) {
    String shifted = writer.node(y + "/u", "Add", List.of(), x, channels(node, "b0", node.b0()));
    prelu(node, node.tau(), shifted, y + "/v");
    return writer.node(y + "/w", "Add", List.of(), y + "/v", channels(node, "b1", node.b1()));
  }

  private void binarize(Binarize node, String x, String y) {
    String v = beforeSign(node, x, y);
    String negative = writer.node(y + "/negative", "Less", List.of(), v, scalar(y + "/zero", 0));
    writer.node(y, "Where", List.of(), negative, scalar(y + "/minus", -1), scalar(y + "/plus", 1));
  }

  private void quantize(Quantize node, String x, String y) {
    String scale = scalar(y + "/scale", node.scale());
    String steps = writer.node(y + "/steps", "Div", List.of(), x, scale);
    String rounded = writer.node(y + "/rounded", "Round", List.of(), steps);
    String level =
        writer.node(
            y + "/level",
            "Clip",
            List.of(),
            rounded,
            scalar(y + "/min", node.min()),
            scalar(y + "/max", node.max()));
    writer.node(y, "Mul", List.of(), level, scale);
  }

  private void pool(String type, ConvGeometry geometry, String x, String y) {
    writer.node(y, type, window(geometry), x);
  }

  /** Kernel extents, strides and padding of a pooling. */
  static List<AttributeProto> window(ConvGeometry g) {
    List<AttributeProto> window = new ArrayList<>();
    window.add(Attributes.ints("kernel_shape", g.kernelHeight(), g.kernelWidth()));
    window.add(Attributes.ints("strides", g.stride(), g.stride()));
    window.add(Attributes.ints("pads", g.padding(), g.padding(), g.padding(), g.padding()));
    return window;
  }

  private void upsample(Upsample node, String x, String y) {
    float[] scales = {1, 1, node.factor(), node.factor()};
    writer.node(
        y,
        "Resize",
        Body.NEAREST,
        x,
        "",
        writer.initializer(y + "/scales", Tensors.float32(scales, scales.length)));
  }

  private void depthToSpace(DepthToSpace node, String x, String y) {
    List<AttributeProto> attributes =
        List.of(Attributes.integer("blocksize", node.factor()), Attributes.text("mode", "DCR"));
    writer.node(y, "DepthToSpace", attributes, x);
  }

  private void globalPool(GlobalAveragePool node, String x, String y) {
    String axes = writer.initializer(y + "/axes", Tensors.int64(new long[] {2, 3}, 2));
    String sum =
        writer.node(y + "/sum", "ReduceSum", List.of(Attributes.integer("keepdims", 0)), x, axes);
    writer.node(y, "Mul", List.of(), sum, scalar(y + "/factor", node.factor()));
  }

  private String scalar(String name, float value) {
    return writer.initializer(name, Tensors.float32(new float[] {value}));
  }

  /** One number for each channel, shaped to be broadcast over what the node writes. */
  String channels(Node node, String suffix, float[] values) {
    boolean vector = writer.type(node.outputs().get(0)).kind() == Kind.VECTOR;
    long[] dims = vector ? new long[] {values.length} : new long[] {values.length, 1, 1};
    return writer.initializer(node.name() + "/" + suffix, Tensors.float32(values, dims));
  }
}

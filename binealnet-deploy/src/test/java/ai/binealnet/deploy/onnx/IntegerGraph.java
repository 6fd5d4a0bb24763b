package ai.binealnet.deploy.onnx;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.lower.ValueTypes;
import ai.binealnet.deploy.quantize.Int8Weights;
import ai.binealnet.deploy.quantize.QuantizedGraph;
import ai.binealnet.deploy.quantize.Step;
import ai.binealnet.deploy.quantize.UInt8Scale;
import ai.binealnet.deploy.runtime.ModelSeal;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An 8-bit residual network the way one would write it by hand for ONNX Runtime: its own integer
 * operators, node by node, with nothing left to fuse. Against this the QDQ form is measured.
 */
public final class IntegerGraph {
  private static final String STANDARD = "";
  private static final String MICROSOFT = "com.microsoft";

  private final QuantizedGraph quantized;
  private final GraphProto.Builder proto = GraphProto.newBuilder().setName("by-hand");

  private IntegerGraph(QuantizedGraph quantized) {
    this.quantized = quantized;
  }

  /** Writes a network without float32 steps, sealed. */
  public static void write(QuantizedGraph quantized, Path file) {
    AtomicFiles.write(file, new IntegerGraph(quantized).bytes());
  }

  private byte[] bytes() {
    ModelGraph graph = quantized.graph();
    proto.addInput(
        info(
            graph.input(),
            TensorProto.DataType.UINT8,
            graph.height(),
            graph.width(),
            graph.channels()));
    quantized.steps().forEach(this::step);
    String logits = graph.outputs().get(0);
    int classes = quantized.weights().get(logits).bias().length;
    proto.addOutput(info(logits, TensorProto.DataType.FLOAT, classes));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(OnnxWriter.IR_VERSION)
            .setGraph(proto)
            .addOpsetImport(opset(STANDARD, OnnxWriter.OPSET))
            .addOpsetImport(opset(MICROSOFT, 1));
    return ModelSeal.seal(model.build().toByteArray());
  }

  private static OperatorSetIdProto opset(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static ValueInfoProto info(String name, TensorProto.DataType type, long... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
    for (long extent : extents) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private void step(Step step) {
    String y = step.output();
    if (step instanceof Step.Pixels pixels) {
      List<AttributeProto> channelsFirst = List.of(Attributes.ints("perm", 0, 3, 1, 2));
      node(STANDARD, "Transpose", channelsFirst, List.of(pixels.node().input()), y);
    } else if (step instanceof Step.Product product && product.node() instanceof Conv2d conv) {
      conv(product, conv);
    } else if (step instanceof Step.Product product) {
      linear(product, (Linear) product.node());
    } else if (step instanceof Step.Sum sum) {
      List<String> inputs = new ArrayList<>();
      sum.inputs().forEach(x -> inputs.addAll(List.of(x, scale(x), zero(x))));
      inputs.addAll(List.of(scale(y), zero(y)));
      node(MICROSOFT, "QLinearAdd", List.of(), inputs, y);
    } else if (step instanceof Step.Pool pool && pool.node() instanceof MaxPool max) {
      node(STANDARD, "MaxPool", RealNodes.window(max.geometry()), step.inputs(), y);
    } else if (step instanceof Step.Pool pool && pool.node() instanceof GlobalAveragePool mean) {
      globalPool(mean, y);
    } else {
      throw new IllegalArgumentException("not by hand: " + step.name());
    }
  }

  /** The pool's factor need not be 1 / pixels; the scale of what it reads takes the difference. */
  private void globalPool(GlobalAveragePool pool, String y) {
    String x = pool.input();
    ValueType type = ValueTypes.infer(quantized.graph()).get(x);
    float[] sum = {
      quantized.scales().get(x).scale() * (pool.factor() * type.height() * type.width())
    };
    String scale = initializer(y + "/in/scale", Tensors.float32(sum));
    List<String> inputs = List.of(x, scale, zero(x), scale(y), zero(y));
    node(MICROSOFT, "QLinearGlobalAveragePool", List.of(), inputs, y + "/mean");
    node(STANDARD, "Flatten", List.of(), List.of(y + "/mean"), y);
  }

  private void conv(Step.Product product, Conv2d conv) {
    Int8Weights weights = quantized.weights().get(product.name());
    long[] dims = {
      conv.outputChannels(),
      conv.inputChannels(),
      conv.geometry().kernelHeight(),
      conv.geometry().kernelWidth()
    };
    String x = conv.input();
    String y = product.output();
    List<String> inputs = new ArrayList<>(List.of(x, scale(x), zero(x)));
    inputs.addAll(weights(product, Products.channelsFirst(conv, weights.values()), dims));
    inputs.addAll(List.of(scale(y), zero(y), bias(product)));
    node(STANDARD, "QLinearConv", Products.window(conv.geometry()), inputs, y);
  }

  private void linear(Step.Product product, Linear linear) {
    Int8Weights weights = quantized.weights().get(product.name());
    String x = linear.input();
    List<String> inputs = new ArrayList<>(List.of(x, scale(x), zero(x)));
    inputs.addAll(
        weights(product, weights.values(), linear.outputFeatures(), linear.inputFeatures()));
    inputs.add(bias(product));
    List<AttributeProto> transposed = List.of(Attributes.integer("transB", 1));
    node(MICROSOFT, "QGemm", transposed, inputs, product.output());
  }

  private List<String> weights(Step.Product product, byte[] values, long... dims) {
    String name = product.name();
    float[] scales = quantized.weights().get(name).scales();
    return List.of(
        initializer(name + "/w", Tensors.int8(values, dims)),
        initializer(name + "/w/scale", Tensors.float32(scales, scales.length)),
        initializer(name + "/w/zero", Tensors.int8(new byte[scales.length], scales.length)));
  }

  private String bias(Step.Product product) {
    int[] bias = quantized.weights().get(product.name()).bias();
    return initializer(product.name() + "/bias", Tensors.int32(bias, bias.length));
  }

  private String scale(String value) {
    float[] scale = {quantized.scales().get(value).scale()};
    return initializer(value + "/scale", Tensors.float32(scale));
  }

  private String zero(String value) {
    UInt8Scale scale = quantized.scales().get(value);
    return initializer(value + "/zero", Tensors.uint8(new byte[] {(byte) scale.zeroPoint()}));
  }

  private String initializer(String name, TensorProto value) {
    if (proto.getInitializerList().stream().noneMatch(each -> each.getName().equals(name))) {
      proto.addInitializer(value.toBuilder().setName(name));
    }
    return name;
  }

  private void node(
      String domain,
      String type,
      List<AttributeProto> attributes,
      List<String> inputs,
      String output) {
    proto.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setName(output)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(attributes));
  }
}

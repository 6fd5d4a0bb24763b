package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Standard nodes under construction; each method appends nodes and returns the name of the result.
 */
final class Body {
  /** How {@code Resize} copies pixels: output pixel i from input pixel floor(i / scale). */
  static final List<AttributeProto> NEAREST =
      List.of(
          Attributes.text("mode", "nearest"),
          Attributes.text("coordinate_transformation_mode", "asymmetric"),
          Attributes.text("nearest_mode", "floor"));

  private final List<NodeProto> nodes = new ArrayList<>();
  private final String prefix;
  private int count;

  /** Results are named {@code prefix} and a number. */
  Body(String prefix) {
    this.prefix = prefix;
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  String op(String type, String... inputs) {
    return op(type, List.of(), inputs);
  }

  String op(String type, List<AttributeProto> attributes, String... inputs) {
    return named(prefix + count++, type, attributes, inputs);
  }

  /** Appends a node whose result has a given name. */
  String named(String output, String type, List<AttributeProto> attributes, String... inputs) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(type)
            .addAllInput(Arrays.asList(inputs))
            .addOutput(output)
            .addAllAttribute(attributes)
            .build());
    return output;
  }

  String constant(TensorProto value) {
    return op("Constant", List.of(Attributes.tensor("value", value)));
  }

  /** A vector of int64. */
  String ints(long... values) {
    return constant(Tensors.int64(values, values.length));
  }

  /** A float32 scalar. */
  String scalar(float value) {
    return constant(Tensors.float32(new float[] {value}));
  }

  String cast(String x, DataType type) {
    return op("Cast", List.of(Attributes.integer("to", type.getNumber())), x);
  }

  String transpose(String x, long... order) {
    return op("Transpose", List.of(Attributes.ints("perm", order)), x);
  }

  String toChannelsFirst(String x) {
    return transpose(x, 0, 3, 1, 2);
  }

  String toChannelsLast(String x) {
    return transpose(x, 0, 2, 3, 1);
  }

  /** The nodes as a function of the project's domain over standard operators. */
  FunctionProto function(
      String name, List<String> inputs, List<String> outputs, List<String> attributes, String doc) {
    return function(OnnxWriter.DOMAIN, name, inputs, outputs, attributes, doc);
  }

  /** The nodes as a function of any domain over standard operators. */
  FunctionProto function(
      String domain,
      String name,
      List<String> inputs,
      List<String> outputs,
      List<String> attributes,
      String doc) {
    return FunctionProto.newBuilder()
        .setDomain(domain)
        .setName(name)
        .addAllInput(inputs)
        .addAllOutput(outputs)
        .addAllAttribute(attributes)
        .addAllNode(nodes)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxWriter.OPSET))
        .setDocString(doc)
        .build();
  }
}

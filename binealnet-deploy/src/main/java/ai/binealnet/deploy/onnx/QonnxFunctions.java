package ai.binealnet.deploy.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/**
 * The quantizers of domain {@code qonnx.custom_op.general}, version 1, as functions over standard
 * operators, so that a runtime that knows nothing of QONNX computes them. QONNX's own readers find
 * operators by their name and leave the functions alone.
 */
final class QonnxFunctions {
  /** The domain of QONNX's operators. */
  static final String DOMAIN = "qonnx.custom_op.general";

  /** Its version. */
  static final long VERSION = 1;

  private QonnxFunctions() {}

  static FunctionProto function(String name) {
    return switch (name) {
      case "BipolarQuant" -> bipolarQuant();
      case "Quant" -> quant();
      default -> throw new IllegalArgumentException("no quantizer is named " + name);
    };
  }

  private static FunctionProto bipolarQuant() {
    Body body = new Body("v");
    String plus = body.op("GreaterOrEqual", "X", body.scalar(0));
    String sign = body.op("Where", plus, body.scalar(1), body.scalar(-1));
    body.named("Y", "Mul", List.of(), sign, "scale");
    return body.function(
        DOMAIN,
        "BipolarQuant",
        List.of("X", "scale"),
        List.of("Y"),
        List.of(),
        "Y = (X >= 0 ? 1 : -1) * scale.");
  }

  /** Rounding is half to even whatever the attribute says: the writer asks for nothing else. */
  private static FunctionProto quant() {
    Body body = new Body("v");
    String steps = body.op("Add", body.op("Div", "X", "scale"), "zeropt");
    String signed = attribute(body, "signed");
    String narrow = attribute(body, "narrow");
    String one = body.scalar(1);
    // 2^(bits - 1) levels on each side of 0 if signed, 2^bits levels from 0 on if not
    String levels = body.op("Pow", body.scalar(2), body.op("Sub", "bitwidth", signed));
    String unsigned = body.op("Sub", one, signed);
    String min = body.op("Mul", signed, body.op("Sub", narrow, levels));
    String top = body.op("Sub", levels, one);
    String max = body.op("Sub", top, body.op("Mul", narrow, unsigned));
    String level = body.op("Round", body.op("Clip", steps, min, max));
    body.named("Y", "Mul", List.of(), body.op("Sub", level, "zeropt"), "scale");
    return body.function(
        DOMAIN,
        "Quant",
        List.of("X", "scale", "zeropt", "bitwidth"),
        List.of("Y"),
        List.of("signed", "narrow", "rounding_mode"),
        "Y = (round(clip(X / scale + zeropt, min, max)) - zeropt) * scale.");
  }

  private static String attribute(Body body, String name) {
    String value =
        body.op("Constant", List.of(Attributes.reference("value_int", name, AttributeType.INT)));
    return body.cast(value, DataType.FLOAT);
  }
}

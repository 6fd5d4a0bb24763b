package ai.binealnet.deploy.onnx;

import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.quantize.Int8Weights;
import ai.binealnet.deploy.quantize.QuantizedGraph;
import ai.binealnet.deploy.quantize.Step;
import ai.binealnet.deploy.quantize.UInt8Scale;
import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes an 8-bit network in QDQ form: standard operators on real numbers, with QuantizeLinear and
 * DequantizeLinear around each, which runtimes fuse into integer operators.
 *
 * <p>An operator writes {@code y/real}, which becomes {@code y/q} (uint8) and then {@code y}, what
 * others read. A ReLU is not written: its result's zero point is 0, so saturation does it.
 */
final class QdqNodes {
  private final GraphWriter writer;
  private final QuantizedGraph quantized;
  private final RealNodes real;

  /**
   * Values that are read as they are; an enlarging reads the integers, a global pool with a scale
   * of its own.
   */
  private final Set<String> read = new HashSet<>();

  QdqNodes(GraphWriter writer, QuantizedGraph quantized) {
    this.writer = writer;
    this.quantized = quantized;
    this.real = new RealNodes(writer);
    read.addAll(quantized.graph().outputs());
    for (Step step : quantized.steps()) {
      if (!isGlobalPool(step) && !isMove(step)) {
        read.addAll(step.inputs());
      }
    }
  }

  private static boolean isGlobalPool(Step step) {
    return step instanceof Step.Pool pool && pool.node() instanceof GlobalAveragePool;
  }

  private boolean isMove(Step step) {
    return step instanceof Step.Move && quantized.scales().containsKey(step.output());
  }

  void write() {
    quantized.steps().forEach(this::write);
  }

  private void write(Step step) {
    String y = writer.name(step.output());
    UInt8Scale scale = quantized.scales().get(step.output());
    if (scale == null) {
      compute(step, y);
      return;
    }
    if (step instanceof Step.Pixels pixels) {
      List<AttributeProto> nchw = List.of(Attributes.ints("perm", 0, 3, 1, 2));
      writer.node(y + "/q", "Transpose", nchw, writer.name(pixels.node().input()));
    } else if (isMove(step)) {
      real.write(step.node(), List.of(writer.name(step.inputs().get(0)) + "/q"), y + "/q");
    } else if (isGlobalPool(step)) {
      globalPool((GlobalAveragePool) ((Step.Pool) step).node(), scale, y);
    } else {
      compute(step, y + "/real");
      quantize(y + "/real", scale, y + "/q");
    }
    if (read.contains(step.output())) {
      dequantize(y + "/q", scale, y);
    }
  }

  private void compute(Step step, String y) {
    List<String> inputs = step.inputs().stream().map(writer::name).toList();
    if (step instanceof Step.Product product) {
      product(product, inputs.get(0), y);
    } else if (step instanceof Step.Sum sum) {
      real.write(sum.node(), inputs, y);
    } else {
      real.write(step.node(), inputs, y);
    }
  }

  private void product(Step.Product product, String x, String y) {
    Int8Weights weights = quantized.weights().get(product.name());
    UInt8Scale input = quantized.scales().get(product.inputs().get(0));
    if (product.node() instanceof Conv2d conv) {
      String w =
          weights(product, weights, Products.channelsFirst(conv, weights.values()), dims(conv));
      writer.node(y, "Conv", Products.window(conv.geometry()), x, w, bias(product, weights, input));
    } else {
      Linear linear = (Linear) product.node();
      long[] dims = {linear.outputFeatures(), linear.inputFeatures()};
      String w = weights(product, weights, weights.values(), dims);
      List<AttributeProto> transposed = List.of(Attributes.integer("transB", 1));
      writer.node(y, "Gemm", transposed, x, w, bias(product, weights, input));
    }
  }

  private static long[] dims(Conv2d conv) {
    return new long[] {
      conv.outputChannels(),
      conv.inputChannels(),
      conv.geometry().kernelHeight(),
      conv.geometry().kernelWidth()
    };
  }

  private String weights(Step.Product product, Int8Weights weights, byte[] values, long[] dims) {
    String name = product.name() + "/weights";
    int channels = weights.scales().length;
    return writer.node(
        name,
        "DequantizeLinear",
        List.of(Attributes.integer("axis", 0)),
        writer.initializer(name + "/q", Tensors.int8(values, dims)),
        writer.initializer(name + "/scale", Tensors.float32(weights.scales(), channels)),
        writer.initializer(name + "/zero", Tensors.int8(new byte[channels], channels)));
  }

  private String bias(Step.Product product, Int8Weights weights, UInt8Scale input) {
    String name = product.name() + "/bias";
    int channels = weights.bias().length;
    float[] scales = weights.scales().clone();
    for (int o = 0; o < channels; o++) {
      scales[o] *= input.scale();
    }
    return writer.node(
        name,
        "DequantizeLinear",
        List.of(Attributes.integer("axis", 0)),
        writer.initializer(name + "/q", Tensors.int32(weights.bias(), channels)),
        writer.initializer(name + "/scale", Tensors.float32(scales, channels)),
        writer.initializer(name + "/zero", Tensors.int32(new int[channels], channels)));
  }

  /** The pool's factor need not be 1 / pixels; the scale of what it reads takes the difference. */
  private void globalPool(GlobalAveragePool node, UInt8Scale scale, String y) {
    ValueType type = writer.type(node.input());
    UInt8Scale input = quantized.scales().get(node.input());
    float factor = node.factor() * type.height() * type.width();
    String x = y + "/scaled";
    dequantize(
        writer.name(node.input()) + "/q",
        new UInt8Scale(input.scale() * factor, input.zeroPoint()),
        x);
    String mean = writer.node(y + "/mean", "GlobalAveragePool", List.of(), x);
    String integers = y + "/mean/q";
    quantize(mean, scale, integers);
    writer.node(y + "/q", "Flatten", List.of(), integers);
  }

  private void quantize(String x, UInt8Scale scale, String y) {
    writer.node(y, "QuantizeLinear", List.of(), x, scaleOf(y, scale), zeroOf(y, scale));
  }

  private void dequantize(String x, UInt8Scale scale, String y) {
    writer.node(y, "DequantizeLinear", List.of(), x, scaleOf(y, scale), zeroOf(y, scale));
  }

  private String scaleOf(String y, UInt8Scale scale) {
    return writer.initializer(y + "/scale", Tensors.float32(new float[] {scale.scale()}));
  }

  private String zeroOf(String y, UInt8Scale scale) {
    return writer.initializer(y + "/zero", Tensors.uint8(new byte[] {(byte) scale.zeroPoint()}));
  }
}

package ai.binealnet.deploy.onnx;

import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.lower.EightBitFilters;
import ai.binealnet.deploy.lower.RealThresholds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes real-valued nodes in QONNX form: standard operators on float32, between which {@code
 * BipolarQuant} and {@code Quant} tell what is quantized (Pappalardo et al., 2022, arXiv
 * 2206.07527). See docs/qonnx.md.
 */
final class QonnxNodes {
  private static final int WEIGHT_BITS = 8;

  private final GraphWriter writer;
  private final RealNodes real;
  private final Products products;

  QonnxNodes(GraphWriter writer) {
    this.writer = writer;
    real = new RealNodes(writer);
    products = new Products(writer);
  }

  void write(Node node) {
    String x = writer.name(node.inputs().get(0));
    String y = writer.name(node.outputs().get(0));
    switch (node.op()) {
      case CONV2D -> conv((Conv2d) node, x, y);
      case LINEAR -> linear((Linear) node, x, y);
      case BINARIZE -> binarize((Binarize) node, x, y);
      case QUANTIZE -> quantize((Quantize) node, x, y);
      default -> real.write(node);
    }
  }

  private void conv(Conv2d conv, String x, String y) {
    String weights = products.weights(conv);
    Optional<EightBitFilters> filters =
        conv.weightType() == WeightType.INT8
            ? EightBitFilters.of(conv.weights(), conv.outputChannels())
            : Optional.empty();
    if (conv.weightType() == WeightType.BINARY) {
      weights = bipolar(conv.name() + "/weights/quant", weights);
    } else if (filters.isPresent()) {
      float[] scale = filters.get().factors();
      String scales =
          writer.initializer(conv.name() + "/scale", Tensors.float32(scale, scale.length, 1, 1, 1));
      weights = quant(conv.name() + "/weights/quant", weights, scales, WEIGHT_BITS, true);
    }
    products.conv(conv, x, y, weights);
  }

  /** Integer weights with scale 1, the scale behind the product: exact, and INT8 for readers. */
  private void linear(Linear node, String x, String y) {
    Optional<EightBitFilters> filters =
        node.weightType() == WeightType.INT8
            ? EightBitFilters.of(node.weights(), node.outputFeatures())
            : Optional.empty();
    if (filters.isEmpty()) {
      products.linear(node, x, y);
      return;
    }
    int in = node.inputFeatures();
    int out = node.outputFeatures();
    byte[] integers = Products.inputFirst(filters.get().integers(), in);
    float[] values = new float[integers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = integers[i];
    }
    String weights = writer.initializer(node.name() + "/weights", Tensors.float32(values, in, out));
    String one = scalar(node.name() + "/one", 1);
    String quantized = quant(node.name() + "/weights/quant", weights, one, WEIGHT_BITS, true);
    products.scaledProduct(node, filters.get(), quantized, x, y);
  }

  /** {@code x >= threshold} is written as {@code x - threshold >= 0}, which rounds to no other. */
  private void binarize(Binarize node, String x, String y) {
    Optional<float[]> thresholds = RealThresholds.of(node);
    String shifted =
        thresholds.isPresent()
            ? writer.node(
                y + "/shifted",
                "Add",
                List.of(),
                x,
                real.channels(node, "shift", negated(thresholds.get())))
            : real.beforeSign(node, x, y);
    bipolar(y, shifted);
  }

  /** Infinite thresholds become the largest numbers, which no finite x passes either. */
  private static float[] negated(float[] thresholds) {
    float[] shifts = new float[thresholds.length];
    for (int c = 0; c < shifts.length; c++) {
      shifts[c] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, -thresholds[c]));
    }
    return shifts;
  }

  private void quantize(Quantize node, String x, String y) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(node.max()) + 1;
    if (node.max() != (1 << bits - 1) - 1 || node.min() != -(1 << bits - 1)) {
      real.write(node); // a range that no number of bits has
      return;
    }
    quant(y, x, scalar(y + "/scale", node.scale()), bits, false);
  }

  private String bipolar(String y, String x) {
    return writer.quantizer(y, "BipolarQuant", List.of(), x, scalar(y + "/scale", 1));
  }

  private String quant(String y, String x, String scale, int bits, boolean narrow) {
    return writer.quantizer(
        y,
        "Quant",
        Arrays.asList(
            Attributes.integer("signed", 1),
            Attributes.integer("narrow", narrow ? 1 : 0),
            Attributes.text("rounding_mode", "ROUND")),
        x,
        scale,
        scalar(y + "/zeropt", 0),
        scalar(y + "/bitwidth", bits));
  }

  private String scalar(String name, float value) {
    return writer.initializer(name, Tensors.float32(new float[] {value}));
  }
}

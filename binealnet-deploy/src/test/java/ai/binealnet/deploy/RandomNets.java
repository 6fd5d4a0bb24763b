package ai.binealnet.deploy;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import java.util.Map;
import java.util.TreeMap;

/** Small networks of every design, with random parameters. */
public final class RandomNets {
  private static final int CLASSES = 7;

  private RandomNets() {}

  /**
   * Networks of every design, small, odd and prime sizes among them, by name: those whose files
   * compute the bits of training.
   */
  public static Map<String, ModelGraph> exact() {
    Map<String, ModelGraph> nets = new TreeMap<>();
    nets.put("bineal-17x13", bineal(1, 17, 13, 32, 64, false));
    nets.put("bineal-16x16", bineal(2, 16, 16, 24, 48, false));
    nets.put("bineal-19x11-pooled", bineal(3, 19, 11, 8, 40, true));
    nets.put("bineal-9x10", bineal(4, 9, 10, 33, 31, false));
    nets.put("bineal-33x30-pooled", bineal(5, 33, 30, 40, 64, true));
    nets.put("stream-16x12", stream(1, 16, 12, 32, 64, false, false));
    nets.put("stream-14x12-binary", stream(2, 14, 12, 24, 48, false, true));
    nets.put("stream-19x20-pooled", stream(3, 19, 20, 8, 40, true, false));
    nets.put("stream-8x10-binary", stream(4, 8, 10, 33, 31, false, true));
    nets.put("stream-36x32-pooled-binary", stream(5, 36, 32, 40, 64, true, true));
    nets.put("bits-of-pixels-7x5", bitsOfPixels(1, 7, 5, 40));
    nets.put("bits-of-reals-9x6", bitsOfReals(2, 9, 6, 33));
    nets.put("real-shortcut-11x8", block(5, 11, 8, 20, WeightType.BINARY, true));
    nets.put("real-shortcut-12x9", block(6, 12, 9, 32, WeightType.BINARY, true));
    nets.putAll(DenseNets.exact());
    return nets;
  }

  /** A binary convolution of the image's own signs, beside one whose signs have no threshold. */
  public static ModelGraph bitsOfPixels(long seed, int height, int width, int out) {
    RandomGraph g = new RandomGraph(seed);
    String pixels = g.normalize();
    String a = g.binarize("act", pixels, 3);
    a = g.binaryConv("conv", a, 3, out, ConvGeometry.same(3, 1));
    String b = g.binarize("bent", pixels, filled(0), filled(-1), filled(-0.5f));
    b = g.binaryConv("bentConv", b, 3, out, ConvGeometry.same(3, 1));
    return g.build(height, width, g.add("sum", a, b));
  }

  private static float[] filled(float value) {
    return RandomGraph.filled(3, value);
  }

  /** Binarizers of real images: behind a norm, and behind a maximum. */
  public static ModelGraph bitsOfReals(long seed, int height, int width, int out) {
    RandomGraph g = new RandomGraph(seed);
    String real = g.norm("norm", g.normalize(), 3, 1);
    String x = g.binaryConv("conv", g.binarize("act", real, 3), 3, out, ConvGeometry.same(3, 1));
    x = g.add("sum", x, g.norm("shortcut", x, out, 9));
    x = g.binarize("act2", g.maxPool("pool", x, ConvGeometry.same(3, 2)), out);
    return g.build(height, width, g.binaryConv("conv2", x, out, out, ConvGeometry.same(3, 1)));
  }

  /** BiNeal blocks behind an 8-bit first layer. */
  public static ModelGraph bineal(long seed, int height, int width, int in, int out, boolean pool) {
    RandomGraph g = new RandomGraph(seed);
    String x = g.eightBitConv("stem.conv", g.normalize(), 3, in, ConvGeometry.same(5, 2));
    x = g.binarize("stem.act", g.norm("stem.norm", x, in, 1), in);
    if (pool) {
      x = g.maxPool("stem.pool", x, ConvGeometry.same(3, 2));
    }
    x = binealBlock(g, "block0", x, in, in, 1, 1);
    x = binealBlock(g, "block1", x, in, out, 2, 3);
    String y = g.globalPool("pool", x, height * width);
    return g.build(height, width, g.linear("logits", y, out, CLASSES, WeightType.INT8));
  }

  private static String binealBlock(
      RandomGraph g, String name, String x, int in, int out, int stride, int skip) {
    String a = g.binaryConv(name + ".conv1", x, in, out, ConvGeometry.same(3, stride));
    a = g.binarize(name + ".act1", g.norm(name + ".norm1", a, out, 9 * in), out);
    a = g.binaryConv(name + ".conv2", a, out, out, ConvGeometry.same(3, 1));
    a = g.int4(name + ".quant", g.norm(name + ".norm2", a, out, 9 * out));
    String b = g.binaryConv(name + ".skip", x, in, out, ConvGeometry.same(skip, stride));
    b = g.int4(name + ".skipquant", g.norm(name + ".skipnorm", b, out, skip * skip * in));
    String sum = g.add(name + ".sum", a, b);
    return g.binarize(name + ".act2", g.norm(name + ".norm3", sum, out, 1), out);
  }

  /** Residual-stream blocks behind an 8-bit first layer. */
  public static ModelGraph stream(
      long seed, int height, int width, int in, int out, boolean pool, boolean binaryShortcut) {
    RandomGraph g = new RandomGraph(seed);
    String x = g.eightBitConv("stem.conv", g.normalize(), 3, in, ConvGeometry.same(3, 1));
    x = g.stream("stem.stream", g.norm("stem.norm", x, in, 1));
    if (pool) {
      x = g.maxPool("stem.pool", x, ConvGeometry.same(3, 2));
    }
    x = streamHalf(g, "half0", x, x, in, in, 1);
    String shortcut = g.stream("averaged", g.averagePool("average", x, 2));
    if (binaryShortcut) {
      shortcut = g.binarize("shortcut.act", shortcut, in);
      shortcut = g.binaryConv("shortcut.conv", shortcut, in, out, ConvGeometry.same(1, 1));
    } else {
      shortcut = g.eightBitConv("shortcut.conv", shortcut, in, out, ConvGeometry.same(1, 1));
    }
    shortcut =
        g.quantize(
            "shortcut.stream", g.norm("shortcut.norm", shortcut, out, in), 0x1p-5f, -128, 127);
    x = streamHalf(g, "half1", x, shortcut, in, out, 2);
    x = streamHalf(g, "half2", x, x, out, out, 1);
    x = g.quantize("pooled", g.globalPool("pool", x, height * width), 0x1p-8f, -128, 127);
    return g.build(height, width, g.linear("logits", x, out, CLASSES, WeightType.INT8));
  }

  private static String streamHalf(
      RandomGraph g, String name, String x, String shortcut, int in, int out, int stride) {
    String y = g.binarize(name + ".act", x, in);
    y = g.binaryConv(name + ".conv", y, in, out, ConvGeometry.same(3, stride));
    y = g.add(name + ".sum", g.norm(name + ".norm", y, out, 9 * in), shortcut);
    return g.stream(name + ".stream", g.prelu(name + ".prelu", y, out));
  }

  /** The full-precision twin: nothing to pack. */
  public static ModelGraph real(long seed, int height, int width, int channels) {
    return block(seed, height, width, channels, WeightType.FLOAT, false);
  }

  /** One block in which weights, activations, both or none are binary. */
  public static ModelGraph block(
      long seed,
      int height,
      int width,
      int channels,
      WeightType weights,
      boolean binaryActivations) {
    RandomGraph g = new RandomGraph(seed);
    WeightType stem = weights == WeightType.FLOAT && !binaryActivations ? weights : WeightType.INT8;
    String x =
        g.conv("stem.conv", g.normalize(), 3, channels, ConvGeometry.same(3, 1), stem, false);
    x = activation(g, "stem.act", g.norm("stem.norm", x, channels, 1), channels, binaryActivations);
    String y =
        g.conv("conv1", x, channels, channels, ConvGeometry.same(3, 2), weights, binaryActivations);
    y =
        activation(
            g, "act1", g.norm("norm1", y, channels, 9 * channels), channels, binaryActivations);
    y = g.conv("conv2", y, channels, channels, ConvGeometry.same(3, 1), weights, binaryActivations);
    y = g.norm("norm2", y, channels, 9 * channels);
    String skip =
        g.conv("skip", x, channels, channels, ConvGeometry.same(1, 2), weights, binaryActivations);
    y = g.add("sum", y, g.norm("skipnorm", skip, channels, channels));
    y = activation(g, "act2", y, channels, binaryActivations);
    y =
        g.linear(
            "head", g.globalPool("pool", y, height * width), channels, CLASSES, WeightType.INT8);
    return g.build(height, width, y);
  }

  private static String activation(
      RandomGraph g, String name, String x, int channels, boolean binary) {
    return binary ? g.binarize(name, x, channels) : g.relu(name, x, channels);
  }

  /**
   * A network that is little but its head: bits or a stream, their average, with a quantizer's
   * scale or 0 for none, and two fully connected layers on it.
   */
  public static ModelGraph head(
      long seed, int height, int width, int channels, boolean bits, float scale) {
    RandomGraph g = new RandomGraph(seed);
    String x = g.eightBitConv("conv", g.normalize(), 3, channels, ConvGeometry.same(3, 1));
    x = g.norm("norm", x, channels, 1);
    x = bits ? g.binarize("packed", x, channels) : g.stream("packed", x);
    x = g.globalPool("pool", x, height * width);
    if (scale != 0) {
      x = g.quantize("pooled", x, scale, -128, 127);
    }
    String first = g.linear("first", x, channels, CLASSES, WeightType.INT8);
    return g.build(height, width, first, g.linear("second", x, channels, 33, WeightType.INT8));
  }
}

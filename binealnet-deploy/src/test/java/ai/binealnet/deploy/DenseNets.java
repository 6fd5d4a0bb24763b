package ai.binealnet.deploy;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import java.util.Map;
import java.util.TreeMap;

/** Small networks whose results are images, with random parameters. */
public final class DenseNets {
  private static final ConvGeometry POINT = ConvGeometry.same(1, 1);
  private static final ConvGeometry WINDOW = ConvGeometry.same(3, 1);

  private DenseNets() {}

  /** By name: those whose files compute the bits of training. */
  static Map<String, ModelGraph> exact() {
    Map<String, ModelGraph> nets = new TreeMap<>();
    nets.put("dense-stream-10x14", stream(1, 10, 14, 24, 40));
    nets.put("dense-stream-2x6", stream(2, 2, 6, 32, 64));
    nets.put("dense-bineal-14x10", bineal(3, 14, 10, 33, 24));
    nets.put("dense-dilated-11x13", dilated(4, 11, 13, 40));
    nets.put("super-resolution-7x5-x2", superResolution(5, 7, 5, 32, 2));
    nets.put("super-resolution-3x11-x3", superResolution(6, 3, 11, 24, 3));
    nets.put("super-resolution-5x5-x4", superResolution(7, 5, 5, 8, 4));
    return nets;
  }

  /**
   * A stage at half resolution, its stream up-sampled and joined by a lateral skip of the finer
   * one; 8-bit outputs of 1x1 and 3x3. Height and width are even.
   */
  public static ModelGraph stream(long seed, int height, int width, int fine, int coarse) {
    RandomGraph g = new RandomGraph(seed);
    String x = g.eightBitConv("stem.conv", g.normalize(), 3, fine, WINDOW);
    String stage1 = g.stream("stem.stream", g.norm("stem.norm", x, fine, 1));
    String stage2 = sum(g, "stage2", stage1, null, fine, coarse, ConvGeometry.same(3, 2));
    String up = g.upsample("neck.up", stage2, 2);
    String y = sum(g, "lateral", stage1, up, fine, coarse, POINT);
    y = sum(g, "head", y, y, coarse, coarse, WINDOW);
    String signs = g.binarize("neck.act", up, coarse);
    signs = g.binaryConv("aux.conv", signs, coarse, 5, POINT);
    return g.build(
        height,
        width,
        output(g, "maps", y, coarse, 5, POINT),
        g.norm("aux", signs, 5, coarse),
        output(g, "sizes", y, coarse, 33, WINDOW));
  }

  private static String sum(
      RandomGraph g, String name, String x, String other, int in, int out, ConvGeometry window) {
    String y = g.binaryConv(name + ".conv", g.binarize(name + ".act", x, in), in, out, window);
    y = g.norm(name + ".norm", y, out, window.taps() * in);
    y = other == null ? y : g.add(name + ".sum", y, other);
    return g.stream(name + ".stream", g.prelu(name + ".prelu", y, out));
  }

  private static String output(
      RandomGraph g, String name, String x, int in, int out, ConvGeometry window) {
    String y = g.eightBitConv(name + ".conv", x, in, out, window);
    return g.affine(name, y, RandomGraph.filled(out, 1), g.gaussian(out, 1));
  }

  /** Bits up-sampled and joined in INT4, an up-sampled stream that only signs are taken of. */
  public static ModelGraph bineal(long seed, int height, int width, int fine, int coarse) {
    RandomGraph g = new RandomGraph(seed);
    String x = g.eightBitConv("stem.conv", g.normalize(), 3, fine, WINDOW);
    String stage1 = g.binarize("stem.act", g.norm("stem.norm", x, fine, 1), fine);
    String y = g.binaryConv("stage2.conv", stage1, fine, coarse, ConvGeometry.same(3, 2));
    y = g.binarize("stage2.act", g.norm("stage2.norm", y, coarse, 9 * fine), coarse);
    String up = g.upsample("neck.up", y, 2);
    String a = g.binaryConv("fine.conv", stage1, fine, coarse, POINT);
    a = g.int4("fine.quant", g.norm("fine.norm", a, coarse, fine));
    String b = g.binaryConv("coarse.conv", up, coarse, coarse, POINT);
    b = g.int4("coarse.quant", g.norm("coarse.norm", b, coarse, coarse));
    y = g.norm("sum.norm", g.add("sum", a, b), coarse, 1);
    y = g.binaryConv("head.conv", g.binarize("sum.act", y, coarse), coarse, 16, WINDOW);
    y = g.stream("head.stream", g.norm("head.norm", y, 16, 9 * coarse));
    String larger = g.binarize("larger.act", g.upsample("larger", y, 3), 16);
    larger = g.binaryConv("larger.conv", larger, 16, 6, WINDOW);
    return g.build(
        height, width, output(g, "maps", y, 16, 3, POINT), g.norm("large", larger, 6, 144));
  }

  /** Dilated convolutions of a stream, as in a backbone that keeps its resolution. */
  public static ModelGraph dilated(long seed, int height, int width, int channels) {
    RandomGraph g = new RandomGraph(seed);
    String x = g.eightBitConv("stem.conv", g.normalize(), 3, channels, ConvGeometry.same(7, 2));
    x = g.stream("stem.stream", g.norm("stem.norm", x, channels, 1));
    x = g.maxPool("stem.pool", x, ConvGeometry.same(3, 2));
    x = sum(g, "a", x, x, channels, channels, ConvGeometry.dilated(3, 1, 2));
    x = sum(g, "b", x, x, channels, channels, ConvGeometry.dilated(3, 1, 4));
    return g.build(height, width, output(g, "classes", x, channels, 11, POINT), x);
  }

  /** A binary body on the pixels' grid, and pixels made of the last layer's channels. */
  public static ModelGraph superResolution(
      long seed, int height, int width, int channels, int factor) {
    RandomGraph g = new RandomGraph(seed);
    String image = g.normalize();
    String x = g.eightBitConv("first.conv", image, 3, channels, WINDOW);
    x = g.stream("first.stream", g.norm("first.norm", x, channels, 1));
    x = sum(g, "body0", x, x, channels, channels, WINDOW);
    x = sum(g, "body1", x, x, channels, channels, WINDOW);
    String y = output(g, "last", x, channels, 3 * factor * factor, WINDOW);
    y = g.depthToSpace("pixels", y, factor);
    String small = g.eightBitConv("skip", image, 3, 3 * factor * factor, ConvGeometry.same(5, 1));
    String sum = output(g, "tail", x, channels, 3 * factor * factor, WINDOW);
    sum = g.depthToSpace("summed", g.add("sum", sum, small), factor);
    String skipped = g.add("skipped", y, g.upsample("larger", image, factor));
    return g.build(height, width, y, skipped, g.depthToSpace("blocks", skipped, 1), sum);
  }

  /** The full-precision twin of a detector: nothing to pack, two outputs. */
  public static ModelGraph real(long seed, int height, int width, int channels) {
    RandomGraph g = new RandomGraph(seed);
    String fine = conv(g, "fine", g.normalize(), 3, channels, WINDOW);
    fine = g.relu("fine.relu", fine, channels);
    String coarse = conv(g, "coarse", fine, channels, channels, ConvGeometry.same(3, 2));
    String up = g.upsample("up", g.relu("coarse.relu", coarse, channels), 2);
    String lateral = conv(g, "lateral", fine, channels, channels, POINT);
    String x = g.relu("sum.relu", g.add("sum", lateral, up), channels);
    String large = g.depthToSpace("large", conv(g, "sub", x, channels, 12, WINDOW), 2);
    return g.build(height, width, conv(g, "maps", x, channels, 5, POINT), large);
  }

  private static String conv(
      RandomGraph g, String name, String x, int in, int out, ConvGeometry window) {
    String y = g.conv(name + ".conv", x, in, out, window, WeightType.FLOAT, false);
    return g.norm(name + ".norm", y, out, 1);
  }
}

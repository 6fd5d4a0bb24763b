package ai.binealnet.deploy;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.Upsample;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.parity.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds export graphs with random parameters; each node's output is named as the node. */
public final class RandomGraph {
  public static final float INT4_SCALE = 0.5f;
  public static final float STREAM_SCALE = 0x1p-4f;

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();

  public RandomGraph(long seed) {
    random = new Random(seed);
  }

  public Random random() {
    return random;
  }

  public ModelGraph build(int height, int width, String... outputs) {
    return new ModelGraph(
        "random", "image", height, width, 3, nodes, List.of(outputs), Map.of("task", "test"));
  }

  public static Activation.Pixels images(Random random, int batch, int height, int width) {
    byte[] pixels = new byte[batch * height * width * 3];
    random.nextBytes(pixels);
    return new Activation.Pixels(batch, height, width, 3, pixels);
  }

  public String normalize() {
    return normalize(128, 64);
  }

  public String normalize(float mean, float std) {
    nodes.add(new Normalize("normalize", "image", "normalize", filled(3, mean), filled(3, std)));
    return "normalize";
  }

  public String binaryConv(String name, String x, int in, int out, ConvGeometry window) {
    return conv(name, x, in, out, window, WeightType.BINARY, true);
  }

  public String eightBitConv(String name, String x, int in, int out, ConvGeometry window) {
    return conv(name, x, in, out, window, WeightType.INT8, false);
  }

  public String conv(
      String name,
      String x,
      int in,
      int out,
      ConvGeometry window,
      WeightType type,
      boolean binaryInput) {
    float[] weights = weights(out, window.taps() * in, type);
    nodes.add(new Conv2d(name, x, name, window, in, out, weights, type, binaryInput));
    return name;
  }

  private float[] weights(int filters, int length, WeightType type) {
    float[] weights = new float[filters * length];
    for (int o = 0; o < filters; o++) {
      float step = (float) Math.scalb(1.0, -8 + random.nextInt(3));
      for (int i = o * length; i < (o + 1) * length; i++) {
        weights[i] =
            switch (type) {
              case BINARY -> random.nextBoolean() ? 1f : -1f;
              case INT8 -> (random.nextInt(255) - 127) * step;
              case FLOAT -> (float) random.nextGaussian() / (float) Math.sqrt(length);
            };
      }
    }
    return weights;
  }

  /**
   * Norm factors of both signs and zero; the results of sums of {@code terms} signs have size ~1.
   */
  public String norm(String name, String x, int channels, double terms) {
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      double factor = (0.5 + random.nextDouble()) / Math.sqrt(terms);
      scale[c] = random.nextInt(9) == 0 ? 0f : (float) (random.nextInt(4) == 0 ? -factor : factor);
      shift[c] = (float) random.nextGaussian() * 0.5f;
    }
    return affine(name, x, scale, shift);
  }

  public String affine(String name, String x, float[] scale, float[] shift) {
    nodes.add(new Affine(name, x, name, scale, shift));
    return name;
  }

  public String binarize(String name, String x, int channels) {
    float[] tau = gaussian(channels, 0.5);
    for (int c = 0; c < channels; c++) {
      tau[c] = random.nextInt(6) == 0 ? 0f : Math.abs(tau[c]);
    }
    return binarize(name, x, gaussian(channels, 0.3), tau, gaussian(channels, 0.3));
  }

  public String binarize(String name, String x, float[] b0, float[] tau, float[] b1) {
    nodes.add(new Binarize(name, x, name, b0, tau, b1));
    return name;
  }

  public String prelu(String name, String x, int channels) {
    float[] slope = gaussian(channels, 0.4);
    for (int c = 0; c < channels; c++) {
      slope[c] = random.nextInt(6) == 0 ? 0f : Math.abs(slope[c]);
    }
    nodes.add(new PRelu(name, x, name, slope));
    return name;
  }

  public String relu(String name, String x, int channels) {
    nodes.add(new PRelu(name, x, name, new float[channels]));
    return name;
  }

  public String int4(String name, String x) {
    return quantize(name, x, INT4_SCALE, -8, 7);
  }

  public String stream(String name, String x) {
    return quantize(name, x, STREAM_SCALE, -128, 127);
  }

  public String quantize(String name, String x, float scale, int min, int max) {
    nodes.add(new Quantize(name, x, name, scale, min, max));
    return name;
  }

  public String add(String name, String a, String b) {
    nodes.add(new Add(name, a, b, name));
    return name;
  }

  public String maxPool(String name, String x, ConvGeometry window) {
    nodes.add(new MaxPool(name, x, name, window));
    return name;
  }

  public String averagePool(String name, String x, int size) {
    nodes.add(new AveragePool(name, x, name, size));
    return name;
  }

  public String upsample(String name, String x, int factor) {
    nodes.add(new Upsample(name, x, name, factor));
    return name;
  }

  public String depthToSpace(String name, String x, int factor) {
    nodes.add(new DepthToSpace(name, x, name, factor));
    return name;
  }

  public String globalPool(String name, String x, int pixels) {
    float factor = 1f / Integer.highestOneBit(Math.max(1, 2 * pixels - 1));
    nodes.add(new GlobalAveragePool(name, x, name, factor));
    return name;
  }

  public String linear(String name, String x, int in, int out, WeightType type) {
    float[] bias = gaussian(out, 1);
    nodes.add(new Linear(name, x, name, in, out, weights(out, in, type), bias, type));
    return name;
  }

  public float[] gaussian(int count, double size) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * size);
    }
    return values;
  }

  public static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}

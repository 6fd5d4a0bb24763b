package ai.binealnet.match.model;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BatchNorm;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.Blocks;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.PRelu;
import ai.binealnet.core.nn.Quantizer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.StreamSum;
import java.util.ArrayList;
import java.util.List;

/**
 * R2D2's trunk (Revaud et al., 2019): convolutions 3x3 of 32, 32, 64, 64, 128, 128 channels and
 * three 2x2 of 128, dilated instead of strided. With cells of s pixels the first layer has stride s
 * and all dilations are divided by it, so that the field of view stays the same.
 *
 * <p>Every convolution but the first is binary: bits to bits without skip (pairs of BiNeal's basic
 * block without its skip, Nie et al., 2022), or with an identity around it on an 8-bit stream. The
 * last one puts out an 8-bit stream, or real values of the full-precision twin: what the heads
 * read.
 */
final class Trunk {
  private static final int CHANNEL_STEP = 32;

  /** A 2x2 window needs an even distance of its taps to have a middle. */
  private static final int SMALLEST_EVEN = 2;

  private record Plan(String name, int channels, int kernel, int dilation) {}

  private static final int STEM_CHANNELS = 32;
  private static final List<Plan> PLANS =
      List.of(
          new Plan("stage1.conv0", 32, 3, 1),
          new Plan("stage2.conv0", 64, 3, 1),
          new Plan("stage2.conv1", 64, 3, 2),
          new Plan("stage3.conv0", 128, 3, 2),
          new Plan("stage3.conv1", 128, 3, 4),
          new Plan("stage4.conv0", 128, 2, 4),
          new Plan("stage4.conv1", 128, 2, 8),
          new Plan("stage4.conv2", 128, 2, 16));

  private final NetworkConfig config;
  private final Initializer init;

  Trunk(NetworkConfig config, Initializer init) {
    this.config = config;
    this.init = init;
  }

  /** Channels of its output. */
  static int outputChannels(NetworkConfig config) {
    return scaled(config, PLANS.get(PLANS.size() - 1).channels);
  }

  private static int scaled(NetworkConfig config, int channels) {
    long steps = Math.round(channels * config.width() / CHANNEL_STEP);
    return (int) Math.max(1, steps) * CHANNEL_STEP;
  }

  /**
   * All layers, from normalised pictures [N,H,W,C] to [N, ceil(H/s), ceil(W/s), outputChannels].
   *
   * @param colors channels of the pictures
   */
  Layer build(int colors) {
    List<Layer> layers = new ArrayList<>();
    int in = scaled(config, STEM_CHANNELS);
    layers.add(stem(colors, in));
    for (int i = 0; i < PLANS.size(); i++) {
      Plan plan = PLANS.get(i);
      int out = scaled(config, plan.channels);
      layers.add(convolution(plan.name, in, out, geometry(plan), i == PLANS.size() - 1));
      in = out;
    }
    return new Sequential(layers);
  }

  private ConvGeometry geometry(Plan plan) {
    boolean even = plan.kernel % 2 == 0;
    int dilation = Math.max(even ? SMALLEST_EVEN : 1, plan.dilation / config.cell());
    int padding = dilation * (plan.kernel - 1) / 2;
    return new ConvGeometry(plan.kernel, plan.kernel, 1, padding, dilation);
  }

  private Layer stem(int colors, int out) {
    int kernel = 3 + 2 * Integer.numberOfTrailingZeros(config.cell());
    ConvGeometry window = ConvGeometry.same(kernel, config.cell());
    WeightType type = config.block() == BlockKind.BASIC ? WeightType.FLOAT : WeightType.INT8;
    Layer activation =
        switch (config.block()) {
          case STREAM -> Blocks.streamQuantizer("stem.stream");
          case BINEAL -> Blocks.activation("stem.act", out, config.binary());
          case BASIC -> PRelu.relu("stem.relu", out);
        };
    return Sequential.of(
        new Conv2d("stem.conv", colors, out, window, type, false, init),
        new BatchNorm("stem.norm", out),
        activation);
  }

  private Layer convolution(String name, int in, int out, ConvGeometry window, boolean last) {
    return switch (config.block()) {
      case STREAM -> stream(name, in, out, window);
      case BINEAL -> bits(name, in, out, window, last);
      case BASIC ->
          Sequential.of(
              Blocks.real(name + ".conv", in, out, window, init),
              new BatchNorm(name + ".norm", out),
              PRelu.relu(name + ".relu", out));
    };
  }

  private Layer stream(String name, int in, int out, ConvGeometry window) {
    BinaryOptions options = config.binary();
    return new StreamSum(
        name + ".sum",
        Sequential.of(
            Blocks.activation(name + ".act", in, options),
            Blocks.convolution(name + ".conv", in, out, window, options, init)),
        new BatchNorm(name + ".norm", out),
        in == out ? Sequential.of() : Blocks.shortcut(name + ".shortcut", in, out, options, init),
        PRelu.learned(name + ".prelu", out),
        Blocks.streamQuantizer(name + ".stream"));
  }

  private Layer bits(String name, int in, int out, ConvGeometry window, boolean last) {
    BinaryOptions options = config.binary();
    Layer convolution = Blocks.convolution(name + ".conv", in, out, window, options, init);
    BatchNorm norm = new BatchNorm(name + ".norm", out);
    if (!last) {
      return Sequential.of(convolution, norm, Blocks.activation(name + ".act", out, options));
    }
    Quantizer stream = Blocks.streamQuantizer(name + ".stream");
    return Sequential.of(convolution, norm, PRelu.learned(name + ".prelu", out), stream);
  }
}

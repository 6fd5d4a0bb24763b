package ai.binealnet.core.backbone;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BatchNorm;
import ai.binealnet.core.nn.Blocks;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.MaxPool2d;
import ai.binealnet.core.nn.PRelu;
import ai.binealnet.core.nn.Quantizer;
import ai.binealnet.core.nn.Sampling;
import ai.binealnet.core.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Residual networks (He et al., 2016): the CIFAR family of three stages (16, 32, 64 channels, depth
 * 6n + 2) and the ImageNet family of four (64, 128, 256, 512).
 */
public final class ResNet {
  private static final int IMAGE_CHANNELS = 3;

  /** Channels stay multiples of this, which the convolutions of training run fastest on. */
  private static final int CHANNEL_STEP = 8;

  private record Plan(int channels, int[] blocks) {}

  private static final Map<String, Plan> PLANS =
      Map.of(
          "resnet8", new Plan(16, new int[] {1, 1, 1}),
          "resnet14", new Plan(16, new int[] {2, 2, 2}),
          "resnet20", new Plan(16, new int[] {3, 3, 3}),
          "resnet32", new Plan(16, new int[] {5, 5, 5}),
          "resnet44", new Plan(16, new int[] {7, 7, 7}),
          "resnet56", new Plan(16, new int[] {9, 9, 9}),
          "resnet18", new Plan(64, new int[] {2, 2, 2, 2}),
          "resnet34", new Plan(64, new int[] {3, 4, 6, 3}));

  private final BackboneConfig config;
  private final Initializer init;
  private Quantizer stream;

  private ResNet(BackboneConfig config, Initializer init) {
    this.config = config;
    this.init = init;
  }

  /**
   * Builds the backbone.
   *
   * @throws IllegalArgumentException if no network has that name
   */
  public static Backbone create(BackboneConfig config, Initializer init) {
    Plan plan = PLANS.get(config.network());
    if (plan == null) {
      throw new IllegalArgumentException(
          "no network is named "
              + config.network()
              + "; there are "
              + PLANS.keySet().stream().sorted().toList());
    }
    return new ResNet(config, init).build(plan);
  }

  private Backbone build(Plan plan) {
    int width = scaled(plan.channels);
    Layer stem = stem(width);
    List<Layer> stages = new ArrayList<>();
    List<Integer> channels = new ArrayList<>();
    int in = width;
    int stride = stemStride();
    int dilation = 1;
    for (int s = 0; s < plan.blocks.length; s++) {
      int out = scaled(plan.channels << s);
      Sampling entry = Sampling.stride(1);
      if (s > 0) {
        boolean strided = stride * 2 <= config.outputStride();
        entry = strided ? Sampling.stride(2) : new Sampling(1, dilation, dilation * 2);
        stride *= strided ? 2 : 1;
        dilation *= strided ? 1 : 2;
      }
      List<Layer> blocks = new ArrayList<>();
      for (int b = 0; b < plan.blocks[s]; b++) {
        Sampling sampling = b == 0 ? entry : new Sampling(1, dilation, dilation);
        blocks.add(block("stage" + (s + 1) + ".block" + b, in, out, sampling));
        in = out;
      }
      stages.add(new Sequential(blocks));
      channels.add(out);
    }
    return new Backbone(config, stem, List.copyOf(stages), List.copyOf(channels), outputKind());
  }

  private int stemStride() {
    int stride = config.stem().stride();
    if (stride > config.outputStride()) {
      throw new IllegalArgumentException(
          "stem %s has stride %d, more than outputStride %d"
              .formatted(config.stem(), stride, config.outputStride()));
    }
    return stride;
  }

  private int scaled(int channels) {
    return Math.max(
        CHANNEL_STEP, (int) Math.round(channels * config.width() / CHANNEL_STEP) * CHANNEL_STEP);
  }

  private Layer stem(int width) {
    ConvGeometry window =
        switch (config.stem()) {
          case CIFAR, POOL -> ConvGeometry.same(3, 1);
          case FAST -> ConvGeometry.same(5, 2);
          case IMAGENET -> ConvGeometry.same(7, 2);
        };
    WeightType type = config.block() == BlockKind.BASIC ? WeightType.FLOAT : WeightType.INT8;
    List<Layer> layers = new ArrayList<>();
    layers.add(new Conv2d("stem.conv", IMAGE_CHANNELS, width, window, type, false, init));
    layers.add(new BatchNorm("stem.norm", width));
    layers.add(stemActivation(width));
    if (config.stem() == StemKind.IMAGENET || config.stem() == StemKind.POOL) {
      layers.add(new MaxPool2d("stem.pool", ConvGeometry.same(3, 2)));
    }
    return new Sequential(layers);
  }

  private Layer stemActivation(int width) {
    return switch (config.block()) {
      case BINEAL -> Blocks.activation("stem.act", width, config.binary());
      case STREAM -> stream = Blocks.streamQuantizer("stem.stream");
      case BASIC -> PRelu.relu("stem.relu", width);
    };
  }

  private Layer block(String name, int in, int out, Sampling sampling) {
    return switch (config.block()) {
      case BINEAL -> Blocks.bineal(name, in, out, sampling, config.binary(), init);
      case STREAM -> {
        Quantizer output = Blocks.streamQuantizer(name + ".stream2");
        Layer block = Blocks.stream(name, in, out, sampling, stream, output, config.binary(), init);
        stream = output;
        yield block;
      }
      case BASIC -> Blocks.basic(name, in, out, sampling, init);
    };
  }

  private Backbone.OutputKind outputKind() {
    return switch (config.block()) {
      case BINEAL ->
          config.binary().activations() ? Backbone.OutputKind.BITS : Backbone.OutputKind.REAL;
      case STREAM -> Backbone.OutputKind.STREAM;
      case BASIC -> Backbone.OutputKind.REAL;
    };
  }
}

package ai.binealnet.superres.model;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.Blocks;
import ai.binealnet.core.nn.ChannelAffine;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.PRelu;
import ai.binealnet.core.nn.Quantizer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.StreamSum;
import ai.binealnet.core.nn.Sum;
import ai.binealnet.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Builds the parts of an {@link Edsr}, each with fresh weights. */
final class EdsrParts {
  static final int COLORS = SkipFilter.COLORS;

  private static final ConvGeometry WINDOW = ConvGeometry.same(3, 1);
  private static final int BITS = 8;

  /** The stream starts with steps of 1/32, that is a range of about -4 to 4. */
  private static final int STREAM_EXPONENT = -5;

  /** What a block adds to the stream at first, small because there are many of them. */
  private static final float BRANCH = 0.25f;

  /** Slope of a PReLU that passes everything. */
  private static final float IDENTITY = 1;

  /** What the last layer adds to the skip at first, little. */
  private static final float TAIL = 0.1f;

  private final EdsrConfig config;
  private final float mean;
  private final float std;
  private final Initializer init;
  private final boolean binary;
  private final int channels;

  EdsrParts(EdsrConfig config, float mean, float std, long seed) {
    this.config = config;
    this.mean = mean;
    this.std = std;
    this.init = new Initializer(seed);
    this.binary = config.block() == BlockKind.STREAM;
    this.channels = config.bodyChannels();
  }

  /** Pixels to the body's channels. */
  Layer stem() {
    Layer conv = eightBit("stem.conv", COLORS, channels);
    Layer affine = new ChannelAffine("stem.affine", channels, 1);
    return binary
        ? Sequential.of(conv, affine, stream("stem.stream"))
        : Sequential.of(conv, affine);
  }

  /** All blocks. */
  Layer body() {
    List<Layer> blocks = new ArrayList<>();
    for (int b = 0; b < config.blocks(); b++) {
      String name = "stage1.block" + b;
      blocks.add(binary ? streamBlock(name) : basicBlock(name));
    }
    return new Sequential(blocks);
  }

  /** Two binary convolutions, an identity around each. */
  private Layer streamBlock(String name) {
    return Sequential.of(streamHalf(name, "1"), streamHalf(name, "2"));
  }

  private Layer streamHalf(String name, String half) {
    BinaryOptions options = BinaryOptions.defaults();
    Layer branch =
        Sequential.of(
            Blocks.activation(name + ".act" + half, channels, options),
            Blocks.convolution(name + ".conv" + half, channels, channels, WINDOW, options, init));
    return new StreamSum(
        name + ".sum" + half,
        branch,
        new ChannelAffine(name + ".affine" + half, channels, BRANCH, unit(), 0),
        Sequential.of(),
        PRelu.learned(name + ".prelu" + half, channels, IDENTITY),
        stream(name + ".stream" + half));
  }

  private Quantizer stream(String name) {
    return new Quantizer(name, BITS, STREAM_EXPONENT);
  }

  /** EDSR's block: convolution, ReLU, convolution, identity around them. */
  private Layer basicBlock(String name) {
    Layer main =
        Sequential.of(
            Blocks.real(name + ".conv1", channels, channels, WINDOW, init),
            new ChannelAffine(name + ".affine1", channels, 1),
            PRelu.relu(name + ".relu1", channels),
            Blocks.real(name + ".conv2", channels, channels, WINDOW, init),
            new ChannelAffine(name + ".affine2", channels, BRANCH));
    return new Sum(name + ".sum", Sequential.of(), main);
  }

  /** The body's channels to what is missing in the pixels of the large picture. */
  Layer tail() {
    int out = COLORS * config.scale() * config.scale();
    return Sequential.of(
        eightBit("head.conv", channels, out),
        new ChannelAffine("head.affine", out, TAIL, std, mean));
  }

  private Layer eightBit(String name, int in, int out) {
    WeightType type = binary ? WeightType.INT8 : WeightType.FLOAT;
    return new Conv2d(name, in, out, WINDOW, type, false, init);
  }

  /** Normalised pixels to those of the large picture, less the mean, which the tail adds. */
  Layer skip() {
    boolean nearest = config.skip() == GlobalSkip.NEAREST;
    Tensor filter =
        nearest ? SkipFilter.nearest(config.scale(), std) : SkipFilter.bicubic(config.scale(), std);
    return Conv2d.of(
        "head.skip",
        ConvGeometry.same(nearest ? 1 : SkipFilter.BICUBIC, 1),
        WeightType.INT8,
        filter);
  }

  /** Behind a binary convolution, what makes its sums of K products values of about 1. */
  private float unit() {
    return (float) (1 / Math.sqrt(WINDOW.taps() * channels));
  }
}

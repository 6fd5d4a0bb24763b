package ai.binealnet.core.backbone;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BatchNorm;
import ai.binealnet.core.nn.Bias;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.Blocks;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Join;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.PRelu;
import ai.binealnet.core.nn.Quantizer;
import ai.binealnet.core.nn.Sampling;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.StreamJoin;
import ai.binealnet.core.nn.SumJoin;

/**
 * Parts of necks and heads in the manner of a backbone's blocks: what they read and write is what
 * its stages put out (see {@link Backbone.OutputKind}), unless stated. All lower to packed kernels
 * if the blocks do.
 *
 * @param config block and its variants
 * @param init initial weights
 */
public record Units(BackboneConfig config, Initializer init) {
  private static final ConvGeometry POINT = ConvGeometry.same(1, 1);
  private static final ConvGeometry WINDOW = ConvGeometry.same(3, 1);

  /**
   * Where an up-sampled value meets a finer stage: a 1x1 convolution of the finer stage, the first
   * input, plus the up-sampled value, the second.
   *
   * @param fine channels of the finer stage
   * @param out channels of the up-sampled value and of the output
   */
  public Join lateral(String name, int fine, int out) {
    return switch (config.block()) {
      case STREAM ->
          new StreamJoin(
              name + ".sum",
              bits(name, fine, out, POINT, true),
              new BatchNorm(name + ".norm", out),
              PRelu.learned(name + ".prelu", out),
              Blocks.streamQuantizer(name + ".stream"));
      case BINEAL -> binealLateral(name, fine, out);
      case BASIC ->
          new SumJoin(
              name + ".sum",
              Sequential.of(
                  Blocks.real(name + ".conv", fine, out, POINT, init),
                  new BatchNorm(name + ".norm", out)),
              Sequential.of(),
              PRelu.relu(name + ".relu", out));
    };
  }

  private Join binealLateral(String name, int fine, int out) {
    Layer left = branch(name + ".fine", fine, out);
    Layer right = branch(name + ".coarse", out, out);
    if (options().quantizedSum() && options().activations()) {
      Quantizer quantizer = Blocks.sumQuantizer(name + ".quant");
      left = Sequential.of(left, quantizer);
      right = Sequential.of(right, quantizer.sharedAs(name + ".coarsequant"));
    }
    return new SumJoin(
        name + ".sum",
        left,
        right,
        Sequential.of(
            new BatchNorm(name + ".norm", out), Blocks.activation(name + ".act", out, options())));
  }

  private Layer branch(String name, int in, int out) {
    return Sequential.of(bits(name, in, out, POINT, false), new BatchNorm(name + ".norm", out));
  }

  /**
   * A 3x3 convolution with normalisation and activation, around which a stream keeps its identity.
   */
  public Layer convolution(String name, int in, int out) {
    return switch (config.block()) {
      case STREAM -> streamConvolution(name, in, out);
      case BINEAL ->
          Sequential.of(
              bits(name, in, out, WINDOW, false),
              new BatchNorm(name + ".norm", out),
              Blocks.activation(name + ".act", out, options()));
      case BASIC -> basicConvolution(name, in, out);
    };
  }

  /** The same, but it puts out what {@link #output} reads: an 8-bit stream, or real values. */
  public Layer hidden(String name, int in, int out) {
    return switch (config.block()) {
      case STREAM -> streamConvolution(name, in, out);
      case BINEAL ->
          Sequential.of(
              bits(name, in, out, WINDOW, false),
              new BatchNorm(name + ".norm", out),
              PRelu.learned(name + ".prelu", out),
              Blocks.streamQuantizer(name + ".stream"));
      case BASIC -> basicConvolution(name, in, out);
    };
  }

  private Layer streamConvolution(String name, int in, int out) {
    Quantizer output = Blocks.streamQuantizer(name + ".stream");
    return Blocks.streamHalf(name, "", in, out, Sampling.stride(1), null, output, options(), init);
  }

  private Layer basicConvolution(String name, int in, int out) {
    return Sequential.of(
        Blocks.real(name + ".conv", in, out, WINDOW, init),
        new BatchNorm(name + ".norm", out),
        PRelu.relu(name + ".relu", out));
  }

  /**
   * A network's last layer, a convolution with bias to real values: with 8-bit weights, or real
   * ones of {@link BlockKind#BASIC}. Reads a stream or real values.
   *
   * @param name of the output value
   * @param kernel side of the window, such as 1 or 3
   * @param bias at first
   */
  public Layer output(String name, int in, int out, int kernel, float bias) {
    WeightType type = config.block() == BlockKind.BASIC ? WeightType.FLOAT : WeightType.INT8;
    return Sequential.of(
        new Conv2d(name + ".conv", in, out, ConvGeometry.same(kernel, 1), type, false, init),
        new Bias(name, out, bias));
  }

  /** A convolution of bits, its input binarized first if it is a stream. */
  private Layer bits(String name, int in, int out, ConvGeometry window, boolean binarized) {
    Layer conv = Blocks.convolution(name + ".conv", in, out, window, options(), init);
    return binarized ? Sequential.of(Blocks.activation(name + ".act", in, options()), conv) : conv;
  }

  private BinaryOptions options() {
    return config.binary();
  }
}

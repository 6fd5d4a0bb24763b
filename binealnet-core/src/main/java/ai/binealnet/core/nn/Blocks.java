package ai.binealnet.core.nn;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;

/** The residual blocks that networks are built from, each a composition of layers. */
public final class Blocks {
  private static final int INT4 = 4;
  private static final int INT8 = 8;

  /** The INT4 sum starts with steps of 0.5: normalised branches then use the whole range. */
  private static final int INITIAL_SUM_EXPONENT = -1;

  /** The stream starts with steps of 1/16, that is a range of about -8 to 8. */
  private static final int INITIAL_STREAM_EXPONENT = -4;

  private Blocks() {}

  /**
   * The BiNeal block (Nie et al., 2022): bits in, bits out, the skip a binary convolution of its
   * own.
   *
   * <pre>
   * bits - bconv3x3(stride) - BN - binarize - bconv3x3 - BN - INT4 - + - BN - binarize - bits
   *      \ bconv kxk(stride) - BN ------------------------- INT4 - /
   * </pre>
   */
  public static Layer bineal(
      String name, int in, int out, Sampling sampling, BinaryOptions options, Initializer init) {
    int skipKernel = sampling.changesGrid() ? options.downSampleKernel() : options.skipKernel();
    Layer main =
        Sequential.of(
            convolution(name + ".conv1", in, out, sampling.first(3), options, init),
            new BatchNorm(name + ".norm1", out),
            activation(name + ".act1", out, options),
            convolution(name + ".conv2", out, out, sampling.inner(3), options, init),
            new BatchNorm(name + ".norm2", out));
    Layer skip =
        Sequential.of(
            convolution(name + ".skip", in, out, sampling.first(skipKernel), options, init),
            new BatchNorm(name + ".skipnorm", out));
    if (options.quantizedSum() && options.activations()) {
      Quantizer quantizer = sumQuantizer(name + ".quant");
      main = Sequential.of(main, quantizer);
      skip = Sequential.of(skip, quantizer.sharedAs(name + ".skipquant"));
    }
    return Sequential.of(
        new Sum(name + ".sum", main, skip),
        new BatchNorm(name + ".norm3", out),
        activation(name + ".act2", out, options));
  }

  /**
   * A convolution without bias with binary or real weights, as the options say; padded with +1
   * where activations are binary.
   */
  public static Layer convolution(
      String name,
      int in,
      int out,
      ConvGeometry geometry,
      BinaryOptions options,
      Initializer init) {
    return options.weights()
        ? new BinaryConv2d(
            name, in, out, geometry, options.alpha(), options.scale(), options.activations(), init)
        : new Conv2d(name, in, out, geometry, WeightType.FLOAT, options.activations(), init);
  }

  /** The block's activation: binary, or PReLU where activations stay real. */
  public static Layer activation(String name, int channels, BinaryOptions options) {
    return options.activations()
        ? new BinaryActivation(name, channels, options.initialSlope(), options.clipSlope())
        : PRelu.learned(name, channels);
  }

  /** The INT4 quantizer of a branch that is summed. */
  public static Quantizer sumQuantizer(String name) {
    return new Quantizer(name, INT4, INITIAL_SUM_EXPONENT);
  }

  /** The quantizer of an 8-bit residual stream. */
  public static Quantizer streamQuantizer(String name) {
    return new Quantizer(name, INT8, INITIAL_STREAM_EXPONENT);
  }

  /**
   * The residual-stream block: an identity around every binary convolution (Bi-Real net, Liu et
   * al., 2018), the stream an 8-bit integer.
   *
   * <pre>
   * stream - binarize - bconv3x3(stride) - BN - + - PReLU - INT8 - binarize - bconv3x3 - BN - + - PReLU - INT8 - stream
   *        \-----------------------------------/                 \---------------------------/
   * </pre>
   *
   * @param input the quantizer that made the incoming stream
   * @param output the quantizer of the outgoing stream
   */
  public static Layer stream(
      String name,
      int in,
      int out,
      Sampling sampling,
      Quantizer input,
      Quantizer output,
      BinaryOptions options,
      Initializer init) {
    Quantizer middle = streamQuantizer(name + ".stream1");
    return Sequential.of(
        streamHalf(name, "1", in, out, sampling, input, middle, options, init),
        streamHalf(name, "2", out, out, sampling.second(), middle, output, options, init));
  }

  /**
   * One binary convolution of the residual stream with its identity, or with a 1x1 shortcut where
   * the shape changes.
   *
   * @param half ends the names of its layers, such as {@code 1}
   * @param input the quantizer that made the incoming stream; only a stride above 1 reads it
   * @param output the quantizer of the outgoing stream
   */
  public static Layer streamHalf(
      String name,
      String half,
      int in,
      int out,
      Sampling sampling,
      Quantizer input,
      Quantizer output,
      BinaryOptions options,
      Initializer init) {
    Layer branch =
        Sequential.of(
            activation(name + ".act" + half, in, options),
            convolution(name + ".conv" + half, in, out, sampling.first(3), options, init));
    Layer shortcut =
        sampling.stride() == 1 && in == out
            ? Sequential.of()
            : shortcut(name + ".shortcut", in, out, sampling.stride(), input, options, init);
    return new StreamSum(
        name + ".sum" + half,
        branch,
        new BatchNorm(name + ".norm" + half, out),
        shortcut,
        PRelu.learned(name + ".prelu" + half, out),
        output);
  }

  /**
   * What a residual stream adds where only its number of channels changes: a 1x1 convolution, of
   * bits or in 8 bits as {@code options} say.
   */
  public static Layer shortcut(
      String name, int in, int out, BinaryOptions options, Initializer init) {
    return shortcut(name, in, out, 1, null, options, init);
  }

  private static Layer shortcut(
      String name,
      int in,
      int out,
      int stride,
      Quantizer input,
      BinaryOptions options,
      Initializer init) {
    ConvGeometry pointwise = ConvGeometry.same(1, 1);
    Layer average =
        stride == 1
            ? Sequential.of()
            : Sequential.of(
                new AveragePool2d(name + ".average", stride), input.sharedAs(name + ".averaged"));
    Layer widen =
        options.shortcut() == BinaryOptions.Shortcut.BINARY
            ? Sequential.of(
                activation(name + ".act", in, options),
                convolution(name + ".conv", in, out, pointwise, options, init))
            : new Conv2d(name + ".conv", in, out, pointwise, WeightType.INT8, false, init);
    return Sequential.of(
        average, widen, new BatchNorm(name + ".norm", out), streamQuantizer(name + ".stream"));
  }

  /**
   * The full-precision twin: ResNet's basic block (He et al., 2016) with a projection where the
   * shape changes.
   */
  public static Layer basic(String name, int in, int out, Sampling sampling, Initializer init) {
    Layer main =
        Sequential.of(
            real(name + ".conv1", in, out, sampling.first(3), init),
            new BatchNorm(name + ".norm1", out),
            PRelu.relu(name + ".relu1", out),
            real(name + ".conv2", out, out, sampling.inner(3), init),
            new BatchNorm(name + ".norm2", out));
    Layer skip =
        sampling.stride() == 1 && in == out
            ? Sequential.of()
            : Sequential.of(
                real(name + ".skip", in, out, sampling.first(1), init),
                new BatchNorm(name + ".skipnorm", out));
    return Sequential.of(new Sum(name + ".sum", main, skip), PRelu.relu(name + ".relu2", out));
  }

  /** A convolution with real weights. */
  public static Layer real(String name, int in, int out, ConvGeometry geometry, Initializer init) {
    return new Conv2d(name, in, out, geometry, WeightType.FLOAT, false, init);
  }
}

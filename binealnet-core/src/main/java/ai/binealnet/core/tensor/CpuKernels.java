package ai.binealnet.core.tensor;

import ai.binealnet.core.graph.ConvGeometry;
import java.util.Map;

/**
 * {@link Kernels} on the CPU: convolutions by oneDNN, everything else by Java loops over tiles.
 * Results are repeatable for a fixed number of threads. Not thread-safe: one training or evaluation
 * loop per instance.
 */
public final class CpuKernels implements Kernels {
  private record ConvolutionKey(
      Shape x, Shape weights, ConvGeometry geometry, Precision precision) {}

  private record BorderKey(Shape x, Shape weights, ConvGeometry geometry) {}

  private final Precision precision;
  private final Parallel parallel;
  private final ElementwiseKernels elementwise;
  private final BinarizeKernels binarize;
  private final PoolingKernels pooling;
  private final ResamplingKernels resampling;
  private final ChannelKernels channels;
  private final LinearKernels linear;
  private final WeightKernels weights;
  private final Map<ConvolutionKey, OneDnnConvolution> convolutions = new RecentlyUsed<>();
  private final Map<BorderKey, BorderOnes> borders = new RecentlyUsed<>();
  private final TensorPool scratch = new TensorPool();

  /**
   * Kernels on {@code threads} threads; oneDNN's own count is set by {@code OMP_NUM_THREADS}.
   *
   * @param precision wanted; {@link Precision#FLOAT32} takes its place on a processor without
   *     instructions for it
   */
  public CpuKernels(int threads, Precision precision) {
    parallel = new Parallel(threads);
    elementwise = new ElementwiseKernels(parallel);
    binarize = new BinarizeKernels(parallel);
    pooling = new PoolingKernels(parallel);
    resampling = new ResamplingKernels(parallel);
    channels = new ChannelKernels(parallel);
    linear = new LinearKernels(parallel);
    weights = new WeightKernels(parallel);
    this.precision = OneDnnConvolution.isFast(precision) ? precision : Precision.FLOAT32;
  }

  /** Kernels in single precision. */
  public CpuKernels(int threads) {
    this(threads, Precision.FLOAT32);
  }

  /** Kernels on all processors. */
  public CpuKernels(Precision precision) {
    this(Runtime.getRuntime().availableProcessors(), precision);
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public void convolve(
      Tensor x, Tensor weights, Tensor y, ConvGeometry geometry, int padding, Precision precision) {
    if (skipsPixels(geometry)) {
      Tensor read = pixelsRead(x, y.shape(), geometry.stride());
      convolve(read, weights, y, ConvGeometry.same(1, 1), padding, precision);
      scratch.release(read);
      return;
    }
    convolution(x.shape(), weights.shape(), geometry, precision).forward(x, weights, y);
    if (padding == 1 && geometry.padding() > 0) {
      border(x.shape(), weights.shape(), y.shape(), geometry).forward(weights, y);
    }
  }

  @Override
  public void convolveBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      Tensor dx,
      Tensor dw,
      ConvGeometry geometry,
      int padding) {
    if (skipsPixels(geometry)) {
      backwardOfPixelsRead(x, weights, dy, dx, dw, geometry.stride());
      return;
    }
    convolution(x.shape(), weights.shape(), geometry, precision).backward(x, weights, dy, dx, dw);
    if (padding == 1 && geometry.padding() > 0) {
      border(x.shape(), weights.shape(), dy.shape(), geometry).backwardWeights(dy, dw);
    }
  }

  /**
   * Whether it is a 1x1 convolution with a stride: one without a stride on the pixels that it
   * reads. oneDNN 3.11 does the same inside, but writes beyond its buffer where a pixel has 8
   * channels.
   */
  private static boolean skipsPixels(ConvGeometry geometry) {
    return geometry.kernelHeight() == 1
        && geometry.kernelWidth() == 1
        && geometry.stride() > 1
        && geometry.padding() == 0;
  }

  private Tensor pixelsRead(Tensor x, Shape y, int stride) {
    Shape shape = Shape.of(y.dim(0), y.dim(1), y.dim(2), x.shape().channels());
    Tensor read = scratch.allocate(shape);
    resampling.subsample(x, stride, read);
    return read;
  }

  private void backwardOfPixelsRead(
      Tensor x, Tensor weights, Tensor dy, Tensor dx, Tensor dw, int stride) {
    Tensor read = pixelsRead(x, dy.shape(), stride);
    Tensor gradient = dx == null ? null : scratch.allocate(read.shape());
    convolveBackward(read, weights, dy, gradient, dw, ConvGeometry.same(1, 1), 0);
    if (dx != null) {
      resampling.subsampleBackward(gradient, stride, dx);
      scratch.release(gradient);
    }
    scratch.release(read);
  }

  private OneDnnConvolution convolution(
      Shape x, Shape weights, ConvGeometry geometry, Precision precision) {
    return convolutions.computeIfAbsent(
        new ConvolutionKey(x, weights, geometry, precision),
        key -> new OneDnnConvolution(x, weights, geometry, precision));
  }

  private BorderOnes border(Shape x, Shape weights, Shape y, ConvGeometry geometry) {
    return borders.computeIfAbsent(
        new BorderKey(x, weights, geometry),
        key -> new BorderOnes(parallel, x, weights, y, geometry));
  }

  @Override
  public void moments(Tensor x, Tensor mean, Tensor variance) {
    elementwise.moments(x, mean, variance);
  }

  @Override
  public void affine(Tensor x, Tensor scale, Tensor shift, Tensor y) {
    elementwise.affine(x, scale, shift, y);
  }

  @Override
  public void affineAdd(Tensor x, Tensor scale, Tensor shift, Tensor addend, Tensor y) {
    elementwise.affineAdd(x, scale, shift, addend, y);
  }

  @Override
  public void batchNormBackward(
      Tensor x,
      Tensor mean,
      Tensor inverseDeviation,
      Tensor gamma,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    elementwise.batchNormBackward(x, mean, inverseDeviation, gamma, dy, dx, dgamma, dbeta);
  }

  @Override
  public void prelu(Tensor x, Tensor slope, Tensor y) {
    elementwise.prelu(x, slope, y);
  }

  @Override
  public void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope) {
    elementwise.preluBackward(x, slope, dy, dx, dslope);
  }

  @Override
  public void binarize(Tensor x, Tensor b0, Tensor tau, Tensor b1, Tensor y) {
    binarize.binarize(x, b0, tau, b1, y);
  }

  @Override
  public void binarizeBackward(
      Tensor x,
      Tensor b0,
      Tensor tau,
      Tensor b1,
      Tensor dy,
      Tensor dx,
      boolean accumulate,
      Tensor db0,
      Tensor dtau,
      Tensor db1) {
    binarize.binarizeBackward(x, b0, tau, b1, dy, dx, accumulate, db0, dtau, db1);
  }

  @Override
  public void quantize(Tensor x, float scale, int min, int max, Tensor y) {
    elementwise.quantize(x, scale, min, max, y);
  }

  @Override
  public double quantizeBackward(Tensor x, float scale, int min, int max, Tensor dy, Tensor dx) {
    return elementwise.quantizeBackward(x, scale, min, max, dy, dx);
  }

  @Override
  public void preluQuantize(Tensor x, Tensor slope, float scale, int min, int max, Tensor y) {
    elementwise.preluQuantize(x, slope, scale, min, max, y);
  }

  @Override
  public double preluQuantizeBackward(
      Tensor x, Tensor slope, float scale, int min, int max, Tensor dy, Tensor dx, Tensor dslope) {
    return elementwise.preluQuantizeBackward(x, slope, scale, min, max, dy, dx, dslope);
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor y) {
    elementwise.add(a, b, y);
  }

  @Override
  public void averagePool(Tensor x, int size, Tensor y) {
    pooling.averagePool(x, size, y);
  }

  @Override
  public void averagePoolBackward(Tensor dy, int size, Tensor dx) {
    pooling.averagePoolBackward(dy, size, dx);
  }

  @Override
  public void maxPool(Tensor x, ConvGeometry geometry, Tensor y) {
    pooling.maxPool(x, geometry, y);
  }

  @Override
  public void maxPoolBackward(Tensor x, ConvGeometry geometry, Tensor dy, Tensor dx) {
    pooling.maxPoolBackward(x, geometry, dy, dx);
  }

  @Override
  public void globalPool(Tensor x, float factor, Tensor y) {
    pooling.globalPool(x, factor, y);
  }

  @Override
  public void globalPoolBackward(Tensor dy, float factor, Tensor dx) {
    pooling.globalPoolBackward(dy, factor, dx);
  }

  @Override
  public void upsample(Tensor x, int factor, Tensor y) {
    resampling.upsample(x, factor, y);
  }

  @Override
  public void upsampleBackward(Tensor dy, int factor, Tensor dx) {
    resampling.upsampleBackward(dy, factor, dx);
  }

  @Override
  public void depthToSpace(Tensor x, int factor, Tensor y) {
    resampling.depthToSpace(x, factor, y);
  }

  @Override
  public void spaceToDepth(Tensor x, int factor, Tensor y) {
    resampling.spaceToDepth(x, factor, y);
  }

  @Override
  public void linear(Tensor x, Tensor weights, Tensor bias, Tensor y) {
    linear.linear(x, weights, bias, y);
  }

  @Override
  public void linearBackward(
      Tensor x, Tensor weights, Tensor dy, Tensor dx, Tensor dw, Tensor dbias) {
    linear.linearBackward(x, weights, dy, dx, dw, dbias);
  }

  @Override
  public void channelDots(Tensor a, Tensor b, Tensor target) {
    channels.channelDots(a, b, target);
  }

  @Override
  public void channelSums(Tensor a, Tensor target) {
    channels.channelSums(a, target);
  }

  @Override
  public void binarizeWeights(Tensor w, Tensor factor, Tensor y) {
    weights.binarize(w, factor, y);
  }

  @Override
  public void binarizeWeightsBackward(
      Tensor w, Tensor alpha, float gain, Tensor dy, Tensor dw, Tensor dalpha) {
    weights.binarizeBackward(w, alpha, gain, dy, dw, dalpha);
  }

  @Override
  public void quantizeWeights(Tensor w, int outputAxis, Tensor y) {
    WeightKernels.quantize(w, outputAxis, y);
  }
}

package ai.binealnet.core.tensor;

import ai.binealnet.core.graph.ConvGeometry;

/**
 * Everything a training step computes on large tensors. One implementation per device; layers and
 * operators know only this interface.
 *
 * <p>Tensors are float32 and channels last: activations {@code [N,H,W,C]} or {@code [N,C]},
 * convolution weights {@code [kh,kw,I,O]}, per-channel operands {@code [C]}. An output may be the
 * same tensor as an input of its shape where "in place" is stated. Multiply and add are rounded
 * separately everywhere (no fused multiply-add), because export replays the same chains. Gradients
 * of parameters are added to their target, all other outputs are overwritten.
 */
public interface Kernels {

  /**
   * The precision this device takes where rounding is allowed: in gradients, and in whatever is
   * exact anyway.
   */
  Precision precision();

  /**
   * Convolution of {@code x} with {@code weights} into {@code y}; padding pixels have the value
   * {@code padding}, 0 or 1.
   */
  void convolve(
      Tensor x, Tensor weights, Tensor y, ConvGeometry geometry, int padding, Precision precision);

  /**
   * Gradients of {@link #convolve} in the device's {@link #precision}.
   *
   * @param dx overwritten, or null if nobody wants it
   * @param dw overwritten
   */
  void convolveBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      Tensor dx,
      Tensor dw,
      ConvGeometry geometry,
      int padding);

  /** Mean and biased variance of each channel. */
  void moments(Tensor x, Tensor mean, Tensor variance);

  /** {@code y = fl(fl(x * scale) + shift)} per channel; in place allowed. */
  void affine(Tensor x, Tensor scale, Tensor shift, Tensor y);

  /** {@code y = fl(fl(fl(x * scale) + shift) + addend)}, scale and shift per channel. */
  void affineAdd(Tensor x, Tensor scale, Tensor shift, Tensor addend, Tensor y);

  /**
   * Gradient of batch normalisation with batch statistics (Ioffe and Szegedy, 2015): {@code dgamma
   * += sum dy xhat}, {@code dbeta += sum dy}, {@code dx = gamma inv (dy - mean(dy) - xhat mean(dy
   * xhat))}; {@code dx} may be {@code dy}.
   */
  void batchNormBackward(
      Tensor x,
      Tensor mean,
      Tensor inverseDeviation,
      Tensor gamma,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta);

  /** {@code y = x >= 0 ? x : x * slope} per channel. */
  void prelu(Tensor x, Tensor slope, Tensor y);

  /** Gradient of {@link #prelu}; {@code dx} may be {@code dy}. */
  void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dslope);

  /**
   * The BiNeal activation, +1 or -1: {@code u = x + b0; v = u >= 0 ? u : u * tau; y = v + b1 >= 0 ?
   * 1 : -1} per channel.
   *
   * @throws ArithmeticException if an element of {@code x} is not finite
   */
  void binarize(Tensor x, Tensor b0, Tensor tau, Tensor b1, Tensor y);

  /**
   * Gradient of {@link #binarize} with the surrogate {@code 2 - 2|w|} on {@code |w| < 1} for the
   * sign of {@code w = v + b1} (Bi-Real net, Liu et al., 2018) and true derivatives elsewhere;
   * {@code dx} may be {@code dy}.
   *
   * @param accumulate whether the gradient is added to what {@code dx} holds
   */
  void binarizeBackward(
      Tensor x,
      Tensor b0,
      Tensor tau,
      Tensor b1,
      Tensor dy,
      Tensor dx,
      boolean accumulate,
      Tensor db0,
      Tensor dtau,
      Tensor db1);

  /**
   * {@code y = clip(rint(x / scale), min, max) * scale}, scale a power of two; in place allowed.
   */
  void quantize(Tensor x, float scale, int min, int max, Tensor y);

  /**
   * Straight-through gradient of {@link #quantize}: {@code dx} is {@code dy} where x / scale lies
   * in [min, max], else 0; {@code dx} may be {@code dy}.
   *
   * @return the gradient with respect to the scale, {@code sum dy (q - x / scale)} inside and
   *     {@code sum dy q} outside (LSQ, Esser et al., 2020)
   */
  double quantizeBackward(Tensor x, float scale, int min, int max, Tensor dy, Tensor dx);

  /** {@link #prelu}, then {@link #quantize}, in one pass. */
  void preluQuantize(Tensor x, Tensor slope, float scale, int min, int max, Tensor y);

  /**
   * Gradient of {@link #preluQuantize}, as {@link #quantizeBackward} and {@link #preluBackward} one
   * after the other; {@code dx} may be {@code dy}.
   *
   * @return the gradient with respect to the scale
   */
  double preluQuantizeBackward(
      Tensor x, Tensor slope, float scale, int min, int max, Tensor dy, Tensor dx, Tensor dslope);

  /** {@code y = a + b}; in place allowed. */
  void add(Tensor a, Tensor b, Tensor y);

  /** Average over {@code size x size} windows with stride {@code size}. */
  void averagePool(Tensor x, int size, Tensor y);

  /** Gradient of {@link #averagePool}. */
  void averagePoolBackward(Tensor dy, int size, Tensor dx);

  /** Maximum over windows; padding never wins. */
  void maxPool(Tensor x, ConvGeometry geometry, Tensor y);

  /** Gradient of {@link #maxPool}: to the first maximum of each window, in row-major order. */
  void maxPoolBackward(Tensor x, ConvGeometry geometry, Tensor dy, Tensor dx);

  /** {@code y[n,c] = factor * sum over height and width of x[n,h,w,c]}. */
  void globalPool(Tensor x, float factor, Tensor y);

  /** Gradient of {@link #globalPool}. */
  void globalPoolBackward(Tensor dy, float factor, Tensor dx);

  /** Copies each pixel of [N,H,W,C] to a block, y is [N,H factor,W factor,C]. */
  void upsample(Tensor x, int factor, Tensor y);

  /** Gradient of {@link #upsample}: the sum over each block. */
  void upsampleBackward(Tensor dy, int factor, Tensor dx);

  /**
   * Channels to pixels, [N,H,W,C factor^2] to [N,H factor,W factor,C]: {@code y[n, h factor + i, w
   * factor + j, c] = x[n, h, w, (i factor + j) C + c]}.
   */
  void depthToSpace(Tensor x, int factor, Tensor y);

  /** The inverse of {@link #depthToSpace}, and so its gradient. */
  void spaceToDepth(Tensor x, int factor, Tensor y);

  /** {@code y = x W^T + bias} with x [N,C], weights [O,C], bias [O], y [N,O]. */
  void linear(Tensor x, Tensor weights, Tensor bias, Tensor y);

  /**
   * Gradients of {@link #linear}: {@code dx} overwritten, {@code dw} and {@code dbias} added to.
   */
  void linearBackward(Tensor x, Tensor weights, Tensor dy, Tensor dx, Tensor dw, Tensor dbias);

  /** {@code target[c] += sum over rows of a * b}. */
  void channelDots(Tensor a, Tensor b, Tensor target);

  /** {@code target[c] += sum over rows of a}. */
  void channelSums(Tensor a, Tensor target);

  /**
   * Binary weights, {@code y = sign(w) * factor[o]} with sign(0) = +1; alpha needs no part in it,
   * being positive.
   *
   * @param w latent weights [kh,kw,I,O]
   * @param factor one per output channel, or null for 1
   */
  void binarizeWeights(Tensor w, Tensor factor, Tensor y);

  /**
   * Gradient of {@code sign(tanh(alpha w))}, straight through the sign, true through tanh and the
   * product: {@code dw += gain dy (1 - t^2) alpha}, {@code dalpha += gain dy (1 - t^2) w} with
   * {@code t = tanh(alpha w)}.
   *
   * @param gain factor on the gradient
   * @param alpha shape [O], [I,O] or [kh,kw,I,O], repeated over the axes it lacks
   * @param dalpha added to, or null if alpha is fixed
   */
  void binarizeWeightsBackward(
      Tensor w, Tensor alpha, float gain, Tensor dy, Tensor dw, Tensor dalpha);

  /**
   * Eight-bit weights, {@code y = clip(rint(w / s[o]), -127, 127) * s[o]} with s[o] the smallest
   * power of two for which nothing is clipped; a channel of zeros stays zero.
   *
   * @param w weights with the output channel as axis {@code outputAxis}, the first or the last
   */
  void quantizeWeights(Tensor w, int outputAxis, Tensor y);
}

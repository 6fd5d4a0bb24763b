package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.AveragePool;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.MaxPool;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PRelu;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.Upsample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells which values can be bits or int8 streams, and from which patterns of nodes. */
final class Streams {
  /**
   * Slopes are held further from the ends of float32, because they multiply what may have
   * cancelled.
   */
  private static final float SMALLEST_SLOPE = 0x1p-40f;

  private final GraphView view;
  private final Map<String, ValueType> types;
  private final IntegerConvs convs;
  private final Map<String, Optional<QuantizedConv>> quantized = new HashMap<>();

  Streams(GraphView view, Map<String, ValueType> types) {
    this.view = view;
    this.types = types;
    this.convs = new IntegerConvs(view, this);
  }

  IntegerConvs convs() {
    return convs;
  }

  /**
   * Whether {@code value} can be packed: the image that a binarizer writes, or a maximum over one,
   * or one up-sampled. Signs of vectors stay real.
   */
  boolean isBits(String value) {
    if (view.producer(value) instanceof Binarize) {
      return types.get(value).kind() == ValueType.Kind.REAL;
    }
    return resampled(value).filter(this::isBits).isPresent();
  }

  /** The scale of {@code value} if it can be computed as int8. */
  Optional<Float> scale(String value) {
    Optional<String> source = resampled(value);
    if (source.isPresent()) {
      return scale(source.get());
    }
    return view.producer(value, Quantize.class)
        .filter(q -> quantizedConv(q).isPresent() || averagedStream(q).isPresent())
        .map(Quantize::scale);
  }

  /** What {@code value} is chosen from by a maximum or copied from by an up-sampling. */
  private Optional<String> resampled(String value) {
    Node node = view.producer(value);
    return node instanceof MaxPool || node instanceof Upsample
        ? Optional.of(node.inputs().get(0))
        : Optional.empty();
  }

  /**
   * The average whose result {@code quantize} rounds back to the very steps of the averaged stream.
   */
  Optional<AveragePool> averagedStream(Quantize quantize) {
    return view.producer(quantize.input(), AveragePool.class)
        .filter(pool -> view.isPrivate(pool.output()))
        .filter(pool -> Integer.bitCount(pool.size()) == 1)
        .filter(pool -> QuantizedConv.isStream(quantize))
        .filter(pool -> scale(pool.input()).equals(Optional.of(quantize.scale())));
  }

  /** The convolution that {@code quantize} ends, if it can write int8. */
  Optional<QuantizedConv> quantizedConv(Quantize quantize) {
    Optional<QuantizedConv> known = quantized.get(quantize.name());
    if (known == null) {
      known = match(quantize);
      quantized.put(quantize.name(), known);
    }
    return known;
  }

  /** {@code value} as an integer convolution with at most one affine node behind it. */
  Optional<Branch> branch(String value) {
    if (view.producer(value) instanceof Affine affine) {
      return Optional.of(affine.input())
          .filter(view::isPrivate)
          .flatMap(convs::writing)
          .map(conv -> new Branch(conv, product(conv.factors(), affine.scale()), affine.shift()));
    }
    return convs
        .writing(value)
        .map(conv -> new Branch(conv, conv.factors(), new float[conv.factors().length]));
  }

  private static float[] product(float[] factors, float[] scale) {
    float[] product = scale.clone();
    for (int o = 0; o < product.length; o++) {
      product[o] *= factors[o];
    }
    return product;
  }

  private Optional<QuantizedConv> match(Quantize quantize) {
    boolean fits = quantize.min() >= Byte.MIN_VALUE && quantize.max() <= Byte.MAX_VALUE;
    if (!fits || !PowersOfTwo.isPowerOfTwo(quantize.scale()) || !view.isPrivate(quantize.input())) {
      return Optional.empty();
    }
    float[] slope = slope(quantize);
    String value =
        slope == null ? quantize.input() : view.producer(quantize.input()).inputs().get(0);
    if (slope != null && (!isSafe(slope) || !view.isPrivate(value))) {
      return Optional.empty();
    }
    Optional<QuantizedConv> match =
        view.producer(value) instanceof Add add
            ? withResidual(add.left(), add.right(), slope, quantize)
                .or(() -> withResidual(add.right(), add.left(), slope, quantize))
            : plain(value, slope, quantize);
    return match.filter(m -> m.branch().isModerate());
  }

  /** The slopes of the PReLU right before {@code quantize}, or null. */
  private float[] slope(Quantize quantize) {
    return view.producer(quantize.input(), PRelu.class).map(PRelu::slope).orElse(null);
  }

  private Optional<QuantizedConv> plain(String value, float[] slope, Quantize quantize) {
    return branch(value)
        .map(branch -> new QuantizedConv(branch, null, 0, slope, quantize))
        .filter(conv -> conv.isPlain() || QuantizedConv.isStream(quantize));
  }

  private Optional<QuantizedConv> withResidual(
      String value, String residual, float[] slope, Quantize quantize) {
    Optional<Float> scale = scale(residual);
    if (scale.isEmpty() || !view.isPrivate(value) || !QuantizedConv.isStream(quantize)) {
      return Optional.empty();
    }
    return branch(value)
        .map(branch -> new QuantizedConv(branch, residual, scale.get(), slope, quantize));
  }

  private static boolean isSafe(float[] slope) {
    for (float s : slope) {
      if (s != 0 && (Math.abs(s) < SMALLEST_SLOPE || !PowersOfTwo.isModerate(s))) {
        return false;
      }
    }
    return true;
  }
}

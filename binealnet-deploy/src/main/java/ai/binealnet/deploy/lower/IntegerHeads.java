package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.WeightType;
import java.util.Map;
import java.util.Optional;

/**
 * Finds fully connected layers that can stay in integers: 8-bit weights on the average of a packed
 * image, which either a quantizer rounds to int8 or whose sums fit int8 as they are.
 *
 * <p>Nothing is rounded that the export graph does not round: sums of the image and of the products
 * stay below 2^24, so that float32 forms them exactly in any order, and all factors are powers of
 * two far from the ends of float32.
 */
final class IntegerHeads {
  private static final int STREAM_MAGNITUDE = -Byte.MIN_VALUE;

  /** Of an image, as many as the native kernels take; sums of int8 are below 2^24. */
  private static final int MOST_PIXELS = 1 << 16;

  private final GraphView view;
  private final Streams streams;
  private final Map<String, ValueType> types;

  IntegerHeads(GraphView view, Streams streams, Map<String, ValueType> types) {
    this.view = view;
    this.streams = streams;
    this.types = types;
  }

  /** The integer form of {@code linear}, if it has one. */
  Optional<IntegerHead> match(Linear linear) {
    if (linear.weightType() != WeightType.INT8) {
      return Optional.empty();
    }
    return EightBitFilters.of(linear.weights(), linear.outputFeatures())
        .flatMap(filters -> averaged(linear, filters))
        .filter(IntegerHeads::isExact);
  }

  private Optional<IntegerHead> averaged(Linear linear, EightBitFilters filters) {
    Optional<Quantize> quantize =
        view.producer(linear.input(), Quantize.class).filter(QuantizedConv::isStream);
    String average = quantize.map(Quantize::input).orElse(linear.input());
    return view.producer(average, GlobalAveragePool.class)
        .flatMap(pool -> head(linear, filters, pool, quantize));
  }

  private Optional<IntegerHead> head(
      Linear linear, EightBitFilters filters, GlobalAveragePool pool, Optional<Quantize> quantize) {
    String image = pool.input();
    boolean bits = streams.isBits(image);
    Optional<Float> step = bits ? Optional.of(1f) : streams.scale(image);
    if (step.isEmpty() || !sumsAreExact(image, bits, quantize.isEmpty())) {
      return Optional.empty();
    }
    float scale = quantize.map(Quantize::scale).orElse(step.get() * pool.factor());
    float factor = step.get() * pool.factor() / scale;
    return Optional.of(new IntegerHead(linear, image, bits, factor, scale, filters));
  }

  /**
   * Whether sums over the image are exact in float32, and fit int8 if nothing clips them: of bits
   * up to 127 pixels, of a stream one.
   */
  private boolean sumsAreExact(String image, boolean bits, boolean asTheyAre) {
    ValueType type = types.get(image);
    long pixels = (long) type.height() * type.width();
    if (asTheyAre) {
      return pixels <= (bits ? Byte.MAX_VALUE : 1);
    }
    return pixels <= MOST_PIXELS;
  }

  private static boolean isExact(IntegerHead head) {
    long bound = (long) STREAM_MAGNITUDE * head.filters().largestSum();
    return bound < PowersOfTwo.EXACT_INTEGERS
        && PowersOfTwo.isPowerOfTwo(head.factor())
        && PowersOfTwo.isPowerOfTwo(head.scale())
        && PowersOfTwo.areModerate(head.factors());
  }
}

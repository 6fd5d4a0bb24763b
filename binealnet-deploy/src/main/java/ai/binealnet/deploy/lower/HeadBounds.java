package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.GlobalAveragePool;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.WeightType;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether a fully connected layer's float32 sums are exact, so that they do not depend on the
 * order in which an implementation adds.
 */
final class HeadBounds {
  private final GraphView view;
  private final Streams streams;
  private final Map<String, ValueType> types;

  HeadBounds(GraphView view, Streams streams, Map<String, ValueType> types) {
    this.view = view;
    this.streams = streams;
    this.types = types;
  }

  /** What to tell people about a layer, which is never packed. */
  String reason(Linear linear) {
    if (linear.weightType() == WeightType.FLOAT) {
      return "its weights are real numbers";
    }
    Optional<EightBitFilters> filters =
        EightBitFilters.of(linear.weights(), linear.outputFeatures());
    long inputs = magnitude(linear.input());
    if (filters.isEmpty() || inputs == 0) {
      return "its input is real, so that the last bit depends on the order of summation";
    }
    long bound = inputs * filters.get().largestSum();
    return bound < PowersOfTwo.EXACT_INTEGERS
        ? "8-bit weights in float32 arithmetic, which is exact here"
        : "its sums may reach %d and round, so that the last bit may depend on their order"
            .formatted(bound);
  }

  /** The largest magnitude of a value in steps of its quantizer, or 0 if it has none. */
  private long magnitude(String value) {
    if (streams.isBits(value)) {
      return 1;
    }
    if (view.producer(value) instanceof Quantize quantize) {
      return Math.max(-quantize.min(), quantize.max());
    }
    if (streams.scale(value).isPresent()) {
      return -Byte.MIN_VALUE;
    }
    if (view.producer(value) instanceof GlobalAveragePool pool) {
      ValueType input = types.get(pool.input());
      return magnitude(pool.input()) * input.height() * input.width();
    }
    return 0;
  }
}

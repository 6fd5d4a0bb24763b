package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.ByteLinear;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.PackedGlobalPool;

/**
 * A fully connected layer behind a global average, in integers: {@code q = clip(rint(sum * factor),
 * -128, 127)} for each channel, and {@code logits[o] = fl(fl(y * factors[o]) + bias[o])} for the
 * sum y of products with q.
 *
 * @param linear the layer
 * @param image the packed image that is averaged
 * @param bits whether it is bits, otherwise an int8 stream
 * @param factor from its sums to the integers q
 * @param scale of q: the real value is {@code q * scale}
 * @param filters the weights as integers
 */
record IntegerHead(
    Linear linear, String image, boolean bits, float factor, float scale, EightBitFilters filters) {

  /** The average, named as the value it writes. */
  PackedGlobalPool pool(String input, String output) {
    return new PackedGlobalPool(output, input, output, bits, linear.inputFeatures(), factor);
  }

  /** The layer on the averages. */
  ByteLinear node(String input) {
    return new ByteLinear(
        linear.name(),
        input,
        linear.output(),
        linear.inputFeatures(),
        linear.outputFeatures(),
        filters.integers(),
        factors(),
        linear.bias());
  }

  /** From integer sums to real ones: powers of two. */
  float[] factors() {
    float[] factors = filters.factors().clone();
    for (int o = 0; o < factors.length; o++) {
      factors[o] *= scale;
    }
    return factors;
  }
}

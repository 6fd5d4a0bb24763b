package ai.binealnet.deploy.cost;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Totals of a network, by the bits of the numbers.
 *
 * @param macs multiplications by the bits of the wider factor
 * @param weights number of weights by their bits
 * @param weightBytes bytes of those weights, without scales and thresholds
 * @param inputBytes activations read by all layers
 * @param outputBytes activations written by all layers
 */
public record Cost(
    Map<Integer, Long> macs,
    Map<Integer, Long> weights,
    Map<Integer, Long> weightBytes,
    long inputBytes,
    long outputBytes) {

  /** Adds up. */
  public static Cost of(List<LayerWork> layers) {
    return new Cost(
        sum(layers, LayerWork::macBits, LayerWork::macs),
        sum(layers, LayerWork::weightBits, LayerWork::weights),
        sum(layers, LayerWork::weightBits, LayerWork::weightBytes),
        layers.stream().mapToLong(LayerWork::inputBytes).sum(),
        layers.stream().mapToLong(LayerWork::outputBytes).sum());
  }

  /** All multiplications. */
  public long allMacs() {
    return macs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of all weights. */
  public long allWeightBytes() {
    return weightBytes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<Integer, Long> sum(
      List<LayerWork> layers, ToIntFunction<LayerWork> bits, ToLongFunction<LayerWork> value) {
    Map<Integer, Long> sums = new TreeMap<>();
    layers.forEach(
        layer -> sums.merge(bits.applyAsInt(layer), value.applyAsLong(layer), Long::sum));
    return sums;
  }
}

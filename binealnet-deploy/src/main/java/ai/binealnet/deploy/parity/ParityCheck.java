package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.ValueType;
import ai.binealnet.deploy.lower.ValueTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs images through the plain reference and other implementations of one lowered network and
 * compares every packed or 8-bit value and every output, bit for bit.
 */
public final class ParityCheck {
  private final Lowered lowered;
  private final Map<String, ValueType> compared = new LinkedHashMap<>();
  private final Map<String, long[]> counts = new LinkedHashMap<>();
  private final ReferenceExecutor reference;
  private final List<Implementation> others;
  private int images;

  /** A check of {@code others} against the reference. */
  public ParityCheck(Lowered lowered, List<? extends Implementation> others) {
    this.lowered = lowered;
    this.others = List.copyOf(others);
    ModelGraph graph = lowered.graph();
    reference = new ReferenceExecutor(graph);
    ValueTypes.infer(graph)
        .forEach(
            (value, type) -> {
              boolean packed =
                  type.kind() == ValueType.Kind.BITS || type.kind() == ValueType.Kind.INT8;
              if (packed || graph.outputs().contains(value)) {
                compared.put(value, type);
                counts.put(value, new long[2]);
              }
            });
  }

  /**
   * Compares one more batch.
   *
   * @throws IllegalStateException if an implementation lacks an output of the graph
   */
  public void check(Activation.Pixels batch) {
    Map<String, Activation> expected = reference.run(batch);
    for (Implementation other : others) {
      Map<String, Activation> actual = other.run(batch);
      compared
          .keySet()
          .forEach(value -> compare(value, expected.get(value), actual.get(value), other));
    }
    images += batch.batch();
  }

  private void compare(String value, Activation expected, Activation actual, Implementation other) {
    if (actual == null) {
      if (lowered.graph().outputs().contains(value)) {
        throw new IllegalStateException(other.name() + " did not compute the output " + value);
      }
      return;
    }
    long[] count = counts.get(value);
    count[0] += (long) expected.pixels() * expected.channels();
    count[1] += Comparison.mismatches(expected, actual, lowered.scales().getOrDefault(value, 1f));
  }

  /** What was found so far. */
  public ParityReport report() {
    List<LayerParity> layers =
        compared.entrySet().stream()
            .map(entry -> layer(entry.getKey(), entry.getValue(), counts.get(entry.getKey())))
            .toList();
    long mismatches = layers.stream().mapToLong(LayerParity::mismatches).sum();
    boolean comparedSomething = layers.stream().anyMatch(layer -> layer.numbers() > 0);
    List<String> names =
        Stream.concat(Stream.of(reference), others.stream()).map(Implementation::name).toList();
    return new ParityReport(
        comparedSomething && mismatches == 0, mismatches, images, names, layers);
  }

  private static LayerParity layer(String value, ValueType type, long[] count) {
    String form =
        switch (type.kind()) {
          case BITS -> "bits";
          case INT8 -> "int8";
          default -> "real";
        };
    return new LayerParity(value, form, count[0], count[1]);
  }
}

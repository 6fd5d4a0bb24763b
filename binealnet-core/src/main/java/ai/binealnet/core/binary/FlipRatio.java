package ai.binealnet.core.binary;

import ai.binealnet.core.autograd.Parameter;
import java.util.BitSet;
import java.util.List;

/**
 * Share of binary weights whose sign changed since the last look: high while searching, low when
 * settled.
 */
public final class FlipRatio {
  private final List<Parameter> weights;
  private final BitSet[] last;

  /** Watches the binary weights among {@code parameters}, starting from their present signs. */
  public FlipRatio(List<Parameter> parameters) {
    weights = parameters.stream().filter(p -> p.role() == Parameter.Role.BINARY_WEIGHT).toList();
    last = weights.stream().map(FlipRatio::signs).toArray(BitSet[]::new);
  }

  /**
   * Flipped weights / all binary weights since the last call (or construction); 0 if there are
   * none.
   */
  public double next() {
    long flipped = 0;
    long all = 0;
    for (int i = 0; i < last.length; i++) {
      BitSet now = signs(weights.get(i));
      last[i].xor(now);
      flipped += last[i].cardinality();
      all += weights.get(i).value().size();
      last[i] = now;
    }
    return all == 0 ? 0 : (double) flipped / all;
  }

  private static BitSet signs(Parameter parameter) {
    float[] values = parameter.value().toArray();
    BitSet signs = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      signs.set(i, values[i] < 0);
    }
    return signs;
  }
}

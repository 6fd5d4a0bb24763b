package ai.binealnet.deploy.lower;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.Affine;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.PRelu;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds against the float chain itself, evaluated on every integer. */
class ThresholdTest {
  private static final int BOUND = 300;
  private static final float TINY = Float.MIN_VALUE;
  private static final float[] SPECIAL = {
    0f, -0.0f, 1f, -1f, TINY, -TINY, 0x1p-126f, 3.5f, -7f, 1e-30f, -1e20f
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithTheFloatChainOnEveryInteger(long seed) {
    Random random = new Random(seed);
    int compared = 0;
    for (int round = 0; round < 500; round++) {
      ChannelChain chain =
          new ChannelChain(
              new float[] {(float) Math.scalb(1.0, random.nextInt(9) - 6)},
              stages(random),
              new Binarize("b", "x", "y", value(random), slope(random), value(random)));
      if (!chain.isMonotone(-BOUND, BOUND)) {
        continue; // Some stage overflowed.
      }
      compared++;
      Threshold threshold = Threshold.find(y -> chain.plus(0, y), -BOUND, BOUND);
      for (int y = -BOUND; y <= BOUND; y++) {
        assertThat(y >= threshold.value() != threshold.decreasing())
            .as("seed %d, round %d, y %d, %s", seed, round, y, chain)
            .isEqualTo(chain.plus(0, y));
      }
    }
    assertThat(compared).isGreaterThan(450);
  }

  @Test
  void shouldKnowConstantsAndFallingPredicates() {
    assertThat(Threshold.find(y -> true, -5, 5)).isEqualTo(new Threshold(-5, false));
    assertThat(Threshold.find(y -> false, -5, 5)).isEqualTo(new Threshold(6, false));
    assertThat(Threshold.find(y -> y < 2, -5, 5)).isEqualTo(new Threshold(2, true));
    assertThat(
            Threshold.find(y -> y >= Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE)
                .value())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5, 6, 7})
  void shouldAgreeWithTheBinarizerOnRealNumbers(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      Binarize binarize = new Binarize("b", "x", "y", value(random), slope(random), value(random));
      float threshold = Threshold.findReal(x -> ScalarOps.binarize(x, binarize, 0) > 0);
      for (float x : probes(random, threshold)) {
        assertThat(x < threshold ? -1f : 1f)
            .as("seed %d, round %d, x %s, threshold %s", seed, round, x, threshold)
            .isEqualTo(ScalarOps.binarize(x, binarize, 0));
      }
    }
  }

  @Test
  void shouldTellWhichChainsAreNotMonotone() {
    Binarize clipped = new Binarize("b", "x", "y", new float[1], new float[] {-0.0f}, new float[1]);
    Binarize unclipped =
        new Binarize("b", "x", "y", new float[1], new float[] {-0.5f}, new float[1]);
    Node falling = new PRelu("p", "x", "y", new float[] {-1});

    assertThat(new ChannelChain(new float[] {1}, List.of(), clipped).isMonotone(-1, 1)).isTrue();
    assertThat(new ChannelChain(new float[] {1}, List.of(), unclipped).isMonotone(-1, 1)).isFalse();
    assertThat(new ChannelChain(new float[] {1}, List.of(falling), clipped).isMonotone(-1, 1))
        .isFalse();
  }

  private static float[] probes(Random random, float threshold) {
    float[] probes = new float[SPECIAL.length + 8];
    System.arraycopy(SPECIAL, 0, probes, 0, SPECIAL.length);
    int i = SPECIAL.length;
    if (Float.isFinite(threshold)) {
      probes[i++] = threshold;
      probes[i++] = Math.nextDown(threshold);
      probes[i++] = Math.nextUp(threshold);
    }
    while (i < probes.length) {
      probes[i++] = (float) random.nextGaussian() * 3;
    }
    return probes;
  }

  private static List<Node> stages(Random random) {
    Affine first = new Affine("a", "x", "y", value(random), value(random));
    Affine second = new Affine("c", "x", "y", value(random), value(random));
    return switch (random.nextInt(4)) {
      case 0 -> List.of();
      case 1 -> List.of(first);
      case 2 -> List.of(first, new PRelu("p", "x", "y", slope(random)));
      default -> List.of(first, new PRelu("p", "x", "y", slope(random)), second);
    };
  }

  private static float[] value(Random random) {
    float value =
        random.nextInt(3) == 0
            ? SPECIAL[random.nextInt(SPECIAL.length)]
            : (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(9) - 4));
    return new float[] {value};
  }

  private static float[] slope(Random random) {
    return new float[] {Math.abs(value(random)[0])};
  }
}

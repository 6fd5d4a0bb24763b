package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
  @ParameterizedTest
  @ValueSource(
      floats = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-40f,
        -1e-40f,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        1e-30f,
        -1e-30f,
        0.5f,
        -0.5f,
        1,
        -1,
        1e9f,
        -1e9f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
      })
  void shouldTellSigns(float x) {
    assertThat(Lanes.sign(x)).isEqualTo(x < 0 ? -1f : 1f);
    assertThat(Lanes.notNegative(x)).isEqualTo(x < 0 ? 0f : 1f);
    assertThat(Lanes.isZero(x)).isEqualTo(x == 0 ? 1f : 0f);
  }

  @Test
  void shouldRoundHalfToEven() {
    for (float x = -300; x <= 300; x += 0.25f) {
      assertThat((double) Lanes.rint(x)).as("x = %s", x).isEqualTo(Math.rint(x) + 0.0);
    }
    for (float x :
        new float[] {0.49999997f, -0.49999997f, 1.4999999f, 4194303.5f, -4194303.5f, 4194302.5f}) {
      assertThat((double) Lanes.rint(x)).as("x = %s", x).isEqualTo(Math.rint(x) + 0.0);
    }
  }

  @Test
  void shouldRoundAnyNumberInRange() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      float x = (float) random.nextDouble(-4194304, 4194304) / (1 << random.nextInt(23));
      assertThat((double) Lanes.rint(x))
          .as("seed %s, x = %s", seed, x)
          .isEqualTo(Math.rint(x) + 0.0);
    }
  }
}

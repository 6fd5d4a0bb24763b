package ai.binealnet.match.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
  private static float[] gaussian(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40, 64, 100, 128})
  void shouldKeepProducts(int dimensions) {
    float[] a = gaussian(dimensions, 1);
    float[] b = gaussian(dimensions, 2);

    float[] mixedA = new Mixing(dimensions).apply(a, 0).clone();
    float[] mixedB = new Mixing(dimensions).apply(b, 0).clone();

    assertThat(product(mixedA, mixedB) / mixedA.length)
        .isCloseTo(product(a, b), within(1e-4 * dimensions));
  }

  @Test
  void shouldNotRememberWhatItMixedBefore() {
    float[] values = gaussian(80, 3);
    Mixing mixing = new Mixing(40);
    float[] second = mixing.apply(values, 40).clone();
    mixing.apply(values, 0);

    assertThat(mixing.apply(values, 40)).isEqualTo(second);
  }

  /** A hyperplane separates two directions with a probability of their angle over pi. */
  @Test
  void shouldTellAngles() {
    int differing = 0;
    int count = 200;
    for (int n = 0; n < count; n++) {
      float[] a = gaussian(128, 2 * n);
      float[] noise = gaussian(128, 2 * n + 1);
      float[] b = new float[128];
      for (int i = 0; i < 128; i++) {
        b[i] = (float) (Math.cos(0.5) * a[i] + Math.sin(0.5) * noise[i]);
      }
      float[] mixedA = new Mixing(128).apply(a, 0);
      float[] mixedB = new Mixing(128).apply(b, 0);
      for (int i = 0; i < 128; i++) {
        differing += mixedA[i] < 0 != mixedB[i] < 0 ? 1 : 0;
      }
    }

    assertThat(differing / (128.0 * count)).isCloseTo(0.5 / Math.PI, within(0.01));
  }

  /** Stored bits are compared with those of later versions: they must never change. */
  @Test
  void shouldMixAsEver() {
    float[] values = new float[128];
    for (int i = 0; i < 128; i++) {
      values[i] = i * 37 % 128 - 63.5f;
    }

    assertThat(new Descriptors.Real(128, values).signs().packed())
        .containsExactly(
            -7262497943856555597L,
            7262497943856555596L,
            -175645100947987545L,
            1035139597776726979L);
  }
}

package ai.binealnet.deploy.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class Int8WeightsTest {
  @Test
  void shouldScaleEachChannelToItsLargestWeight() {
    float[] weights = {12.7f, -6.3f, 0.1f, /* channel 1 */ 0.5f, -1.27f, 0.02f};
    Int8Weights q = Int8Weights.of(weights, new float[] {1f, -1f}, 0.5f, 127);
    assertThat(q.scales()).containsExactly(0.1f, 0.01f);
    assertThat(q.values()).containsExactly(127, -63, 1, 50, -127, 2);
    assertThat(q.bias()).containsExactly(20, -200);
  }

  @Test
  void shouldRoundHalfToEven() {
    float[] weights = {127f, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f};
    Int8Weights q = Int8Weights.of(weights, new float[] {2.5f}, 1f, 127);
    assertThat(q.values()).containsExactly(127, 0, 2, 2, 0, -2);
    assertThat(q.bias()).containsExactly(2);
  }

  @Test
  void shouldKeepAChannelOfZeros() {
    Int8Weights q = Int8Weights.of(new float[3], new float[] {0.75f}, 0.25f, 127);
    assertThat(q.values()).containsOnly(0);
    assertThat(q.scales()[0]).isPositive();
    assertThat(q.bias()[0] * q.scales()[0] * 0.25f).isCloseTo(0.75f, offset(1e-6f));
  }

  @Test
  void shouldKeepABiasThatIsHugeBesideItsWeights() {
    Int8Weights q = Int8Weights.of(new float[] {1e-12f, 0}, new float[] {-3f}, 0.01f, 127);
    assertThat(q.bias()[0]).isNegative();
    assertThat(q.bias()[0] * (double) q.scales()[0] * 0.01f).isCloseTo(-3, offset(1e-5));
  }

  @Test
  void shouldLeavePairsOfPixelsBelowSixteenBits() {
    Int8Weights q =
        Int8Weights.of(new float[] {1, 1, -1}, new float[1], 1f, Int8Weights.MAX_FOR_PIXELS);
    assertThat(q.values()).containsExactly(64, 64, -64);
    assertThat(255 * (q.values()[0] + q.values()[1])).isLessThanOrEqualTo(Short.MAX_VALUE);
  }
}

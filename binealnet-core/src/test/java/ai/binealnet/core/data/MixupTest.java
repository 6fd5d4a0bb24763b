package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixupTest {
  private static final ImageSpec SPEC =
      new ImageSpec(ColorOrder.GREY, 1, 2, new float[] {0}, new float[] {1});

  private static ImageBatch batch() {
    return new ImageBatch(SPEC, new float[] {1, 2, 10, 20, 100, 200}, new int[] {0, 1, 3});
  }

  private static ImageBatch mixed(double alpha, long seed) {
    return new Mixup(alpha).apply(batch(), new SplittableRandom(seed));
  }

  @Test
  void shouldMixPicturesAndTargetsAlike() {
    ImageBatch mixed = mixed(1, 5);
    float s = mixed.share();

    assertThat(s).isBetween(0f, 1f);
    assertThat(mixed.pixels())
        .containsExactly(
            new float[] {
              s + 100 * (1 - s),
              2 * s + 200 * (1 - s),
              10,
              20,
              100 * s + 1 - s,
              200 * s + 2 * (1 - s)
            },
            within(1e-4f));
    assertThat(mixed.targets(4, 0))
        .containsExactly(new float[] {s, 0, 0, 1 - s, 0, 1, 0, 0, 1 - s, 0, 0, s}, within(1e-6f));
  }

  @Test
  void shouldSmoothWhatIsShared() {
    ImageBatch half = new ImageBatch(SPEC, new float[4], new int[] {0, 1}, 0.75f);

    assertThat(half.targets(4, 0.2f))
        .containsExactly(
            new float[] {0.65f, 0.25f, 0.05f, 0.05f, 0.25f, 0.65f, 0.05f, 0.05f}, within(1e-6f));
    assertThat(new ImageBatch(SPEC, new float[4], new int[] {2, 2}, 0.3f).targets(3, 0))
        .containsExactly(new float[] {0, 0, 1, 0, 0, 1}, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 1, 4, 8})
  void shouldDrawSharesOfTheBetaDistribution(double alpha) {
    int draws = alpha > 4 ? 200 : 2000;
    double sum = 0;
    double squares = 0;
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < draws; i++) {
      double share = new Mixup(alpha).apply(batch(), random).share();
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    double variance = 1 / (4 * (2 * alpha + 1));

    assertThat(sum / draws).isCloseTo(0.5, within(4 * Math.sqrt(variance / draws)));
    assertThat(squares / draws).isCloseTo(variance, within(0.25 * variance));
  }

  @Test
  void shouldDependOnTheGeneratorOnly() {
    assertThat(mixed(0.4, 7).share()).isEqualTo(mixed(0.4, 7).share());
    assertThat(mixed(0.4, 7).pixels()).isEqualTo(mixed(0.4, 7).pixels());
    assertThat(mixed(0.4, 8).share()).isNotEqualTo(mixed(0.4, 7).share());
  }

  @Test
  void shouldMixNothingWhenOff() {
    assertThat(mixed(0, 1).share()).isEqualTo(1);
    assertThat(mixed(0, 1).pixels()).isEqualTo(batch().pixels());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 8.1, Double.NaN})
  void shouldRefuseValuesOutOfRange(double alpha) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Mixup(alpha));
  }
}

package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSpecTest {
  @Test
  void shouldNormalizeEveryPixelValueExactly() {
    Image image = TestImages.grey(16, 16, IntStream.range(0, 256).toArray());
    float[] out = new float[3 * 256];

    ImageSpec.rgb(16, 16).normalize(image, out, 0);

    for (int p = 0; p < 256; p++) {
      for (int c = 0; c < 3; c++) {
        assertThat((double) out[3 * p + c]).isEqualTo((p - 128) / 64.0);
      }
    }
  }

  @Test
  void shouldFollowTheColourOrder() {
    Image image = new Image(1, 1, 3, new byte[] {10, 20, 30});
    float[] out = new float[5];

    new ImageSpec(ColorOrder.BGR, 1, 1, new float[] {1, 2, 3}, new float[] {1, 2, 4})
        .normalize(image, out, 1);

    assertThat(out).containsExactly(0, 29, 9, 1.75f, 0);
  }

  @Test
  void shouldTurnColourIntoLuma() {
    Image image = new Image(1, 4, 3, new byte[] {-1, 0, 0, 0, -1, 0, 0, 0, -1, -1, -1, -1});
    float[] out = new float[4];

    new ImageSpec(ColorOrder.GREY, 1, 4, new float[] {0}, new float[] {1}).normalize(image, out, 0);

    assertThat(out).containsExactly(76, 150, 29, 255); // 255 x 0.299, 0.587, 0.114, rounded
  }

  @Test
  void shouldRefuseAnImageOfAnotherSize() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                ImageSpec.cifar()
                    .normalize(TestImages.random(32, 31, 3, 1), new float[32 * 32 * 3], 0))
        .satisfies(e -> assertThat(e.actual()).isEqualTo("32 rows x 31 columns"));
  }

  @Test
  void shouldRefuseBadParts() {
    float[] three = {1, 1, 1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSpec(ColorOrder.GREY, 1, 1, three, three));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSpec(ColorOrder.RGB, 1, 1, three, new float[] {1, 0, 1}));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ImageSpec(ColorOrder.RGB, 1, 1, new float[] {1, Float.NaN, 1}, three));
  }

  @Test
  void shouldSurviveJson() throws Exception {
    ImageSpec spec =
        new ImageSpec(
            ColorOrder.BGR, 20, 30, new float[] {123.675f, 2, 3}, new float[] {58.395f, 5, 6});
    ObjectMapper json = new ObjectMapper();

    String text = json.writeValueAsString(spec);

    assertThat(json.readValue(text, ImageSpec.class)).isEqualTo(spec).hasSameHashCodeAs(spec);
    assertThat(json.readTree(text).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("colorOrder", "height", "width", "mean", "std");
  }

  @Test
  void shouldNotShareItsArrays() {
    float[] mean = {1, 2, 3};
    ImageSpec spec = new ImageSpec(ColorOrder.RGB, 1, 1, mean, new float[] {1, 1, 1});
    mean[0] = 9;
    spec.mean()[1] = 9;

    assertThat(spec.mean()).containsExactly(1, 2, 3);
  }
}

package ai.binealnet.superres.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.superres.TestPictures;
import ai.binealnet.superres.data.Bicubic;
import ai.binealnet.superres.data.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuperresEvaluationTest {
  private final SuperresEvaluation evaluation = new SuperresEvaluation();

  @Test
  void shouldScoreBesideBicubic() {
    Pair bird = Pair.of(TestPictures.sample("bird"), 3);
    Image bicubic = Bicubic.enlarge(bird.low(), 3);
    evaluation.add("set5", "bird", bird, bicubic);
    evaluation.add("mine", "bird", bird, bird.high());

    Map<String, Double> metrics = evaluation.metrics();
    // 32.571772 dB and 0.92534266: make_scores.py
    assertThat(metrics.get("bicubic_psnr_y")).isCloseTo(32.571772, within(1e-4));
    assertThat(metrics.get("bicubic_ssim_y")).isCloseTo(0.92534266, within(1e-6));
    assertThat(metrics.get("psnr_y_set5")).isEqualTo(metrics.get("bicubic_psnr_y"));
    assertThat(metrics.get("psnr_y_mine")).isEqualTo(Psnr.EQUAL);
    assertThat(metrics.get("psnr_y")).isCloseTo((32.571772 + 100) / 2, within(1e-4));
    assertThat(metrics.get("ssim_y")).isCloseTo((0.92534266 + 1) / 2, within(1e-6));
    assertThat(evaluation.images()).isEqualTo(2);
    assertThat(evaluation.toString()).contains("set5", "32.57", "0.9253");
  }

  @Test
  void shouldDrawAFewPicturesAndATable(@TempDir Path folder) throws IOException {
    Pair pair = Pair.of(TestPictures.noise(24, 30, 3, 1), 2);
    for (int i = 0; i < 6; i++) {
      evaluation.add("mine", "p" + i, pair, pair.high());
    }
    evaluation.draw(folder);

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "scores.csv", "mine-p0.png", "mine-p1.png", "mine-p2.png", "mine-p3.png");
    }
    assertThat(ImageFiles.read(folder.resolve("mine-p0.png")).width()).isEqualTo(3 * 30 + 16);
    assertThat(Files.readAllLines(folder.resolve("scores.csv"))).hasSize(7);
  }
}

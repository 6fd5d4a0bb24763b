package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTest {
  @TempDir Path folder;

  @Test
  void shouldSetTheModelBesideWhatWasPublished() {
    JsonNode json = Run.of("cost", "--json").json();

    assertThat(json.get("networks")).hasSizeGreaterThan(10);
    JsonNode seven = json.get("claims").get(0);
    assertThat(seven.get("published").asText()).isEqualTo("7");
    assertThat(seven.get("model").asDouble()).isEqualTo(7, offset(0.3));
    assertThat(json.get("plot").isNull()).isTrue();
    assertThat(Run.of("cost").out()).contains("BiNeal ResNet-18 x1.5", "1-bit unit decides");
  }

  @Test
  void shouldDrawHowTheRatiosMove() throws Exception {
    Path plot = folder.resolve("cost.png");
    Run run = Run.of("cost", "--json", "-o", plot.toString(), "--units", "shared");

    assertThat(run.code()).isZero();
    assertThat(run.json().get("plot").asText()).isEqualTo(plot.toString());
    assertThat(ImageIO.read(plot.toFile()).getHeight()).isEqualTo(960);
    assertThat(Run.of("cost", "-o", plot.toString()).code()).isEqualTo(1);
  }
}

package ai.binealnet.classify.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.nn.ScalePosition;
import ai.binealnet.core.train.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyConfigTest {
  @TempDir private Path dir;

  private static ClassifyConfig resolve(Path file, String... overrides) {
    return ConfigFile.resolve(ClassifyConfig.defaults(), file, List.of(overrides));
  }

  @Test
  void shouldSurviveBeingWrittenAndRead() {
    ClassifyConfig config =
        resolve(
            null,
            "backbone.network=resnet18",
            "backbone.binary.scale=after",
            "input.height=48",
            "augment=false");
    Path file = dir.resolve("config.yaml");
    ConfigFile.write(file, config);

    assertThat(resolve(file)).isEqualTo(config);
    assertThat(config.backbone().binary().scale()).isEqualTo(ScalePosition.AFTER);
    assertThat(config.input().height()).isEqualTo(48);
  }

  @Test
  void shouldHaveATwinThatDiffersInTheBlockOnly() {
    ClassifyConfig config = resolve(null, "backbone.stem=fast");

    assertThat(config.twin(2).backbone().block()).isEqualTo(BlockKind.BASIC);
    assertThat(config.twin(2).backbone().stem()).isEqualTo(StemKind.FAST);
    assertThat(config.twin(2).training()).isEqualTo(config.training());
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "configs"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("classify"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldAcceptTheExamples(Path file) {
    assertThat(new Classifier(resolve(file), 10).parameters()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backbone.width=0",
        "backbone.width=wide",
        "backbone.block=bayesian",
        "backbone.binary.skipKernel=2",
        "backbone.depth=20",
        "input.height=0",
        "input.std=[0, 1, 1]",
        "input.mean=[1]",
        "input.colorOrder=xyz",
        "training.batch=0",
        "input.mean=5",
        "backbone=resnet20"
      })
  void shouldReportBadSettings(String setting) {
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> resolve(null, setting));
  }
}

package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files whose parts contradict each other, as only people or accidents make them. */
class ExportedModelTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  @TempDir Path dir;

  private Path model(ModelCard card) {
    ClassifyConfig config =
        ConfigFile.resolve(
            ClassifyConfig.defaults(),
            null,
            List.of("backbone.network=resnet8", "backbone.width=0.25", "backbone.stem=FAST"));
    Path file = dir.resolve("m.onnx");
    Exporter.export(
        Classify.RUNS.network(config, CLASSES).graph(card.toMetadata()), ModelKind.BINARY, file);
    return file;
  }

  @Test
  void shouldRefuseAnotherNumberOfClassesThanTheNetworkHas() {
    Path file = model(new ModelCard("classify", List.of("a", "b"), ImageSpec.cifar()));
    try (ExportedClassifier classifier = new ExportedClassifier(file, 1)) {
      List<Image> pictures = List.of(new Image(32, 32, 3, new byte[3072]));
      assertThatThrownBy(() -> classifier.classify(pictures, 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("[1, 2]")
          .hasMessageContaining("[1, 3]");
    }
  }

  @Test
  void shouldRefuseAnotherSizeThanTheNetworkReads() {
    Path file = model(new ModelCard("classify", CLASSES, ImageSpec.rgb(32, 2_000_000_000)));
    assertThatThrownBy(() -> new ExportedClassifier(file, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("32 x 2000000000");
  }
}

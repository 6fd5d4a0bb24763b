package ai.binealnet.deploy.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.DenseNets;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.lower.Lowering;
import ai.binealnet.deploy.onnx.OnnxWriter;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  private static final ModelGraph GRAPH = RandomNets.bineal(1, 10, 9, 16, 32, false);

  @TempDir Path folder;

  @Test
  void shouldHoldForAnExportedModel() {
    Path file = folder.resolve("model.onnx");
    Exporter.export(GRAPH, ModelKind.BINARY, file);
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThat(Golden.holds(predictor)).isTrue();
    }
  }

  @Test
  void shouldHoldForSeveralOutputsThatAreImages() {
    Path file = folder.resolve("model.onnx");
    ModelGraph graph = DenseNets.stream(1, 10, 8, 16, 32);
    Exporter.export(graph, ModelKind.BINARY, file);
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThat(predictor.outputs()).isEqualTo(graph.outputs()).hasSize(3);
      assertThat(Golden.holds(predictor)).isTrue();
      byte[] pixels = Golden.images(1, 10, 8, 3).values();
      assertThat(predictor.run(pixels, 1).get("maps").shape()).containsExactly(1, 10, 8, 5);
    }
  }

  @Test
  void shouldNotHoldForTheWeightsOfAnotherModel() {
    ModelGraph lowered = Lowering.lower(GRAPH).graph();
    ModelGraph other = Lowering.lower(RandomNets.bineal(2, 10, 9, 16, 32, false)).graph();
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(other.withMetadata(Golden.metadata(lowered)), file);
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThat(Golden.holds(predictor)).isFalse();
    }
  }

  @Test
  void shouldSayThatAFileCarriesNoCheck() {
    Path file = folder.resolve("model.onnx");
    Exporter.export(GRAPH, ModelKind.FP32, file);
    try (Predictor predictor = Predictor.open(file, 1)) {
      assertThatThrownBy(() -> Golden.holds(predictor)).isInstanceOf(UserError.class);
    }
  }
}

package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Quantize;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.detect.Detect;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;
import ai.binealnet.superres.Superres;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealEndsTest {
  /** Rounding to 64 levels or more on each side moves a weight by half a level at most. */
  private static final double HALF_LEVEL = 0.5 / 63;

  @TempDir Path folder;

  private static Classifier classifier(String block) {
    ClassifyConfig config =
        ConfigFile.resolve(
            ClassifyConfig.defaults(),
            null,
            List.of("backbone.network=resnet8", "backbone.width=0.5", "backbone.block=" + block));
    return Classify.RUNS.network(config, Collections.nCopies(10, "any"));
  }

  private static ModelGraph real(Classifier classifier) {
    return RealEnds.of(classifier.graph(Map.of()), classifier.parameters());
  }

  private static <T extends Node> T node(ModelGraph graph, String name, Class<T> type) {
    Node found =
        graph.nodes().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return type.cast(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STREAM", "BINEAL"})
  void shouldTakeTheWeightsBeforeRounding(String block) {
    Classifier classifier = classifier(block);
    ModelGraph rounded = classifier.graph(Map.of());
    ModelGraph real = real(classifier);
    Conv2d first = node(real, "stem.conv", Conv2d.class);
    assertThat(first.weightType()).isEqualTo(WeightType.FLOAT);
    requireClose(first.weights(), node(rounded, "stem.conv", Conv2d.class).weights(), 8);
    Linear last = node(real, ImageClassifier.LOGITS, Linear.class);
    assertThat(last.weightType()).isEqualTo(WeightType.FLOAT);
    requireClose(last.weights(), node(rounded, ImageClassifier.LOGITS, Linear.class).weights(), 10);
  }

  private static void requireClose(float[] real, float[] rounded, int channels) {
    assertThat(real).hasSameSizeAs(rounded).isNotEqualTo(rounded);
    int length = real.length / channels;
    for (int o = 0; o < channels; o++) {
      double largest = 0;
      double error = 0;
      for (int i = o * length; i < (o + 1) * length; i++) {
        largest = Math.max(largest, Math.abs(real[i]));
        error = Math.max(error, Math.abs(real[i] - rounded[i]));
      }
      assertThat(error).isLessThanOrEqualTo(largest * HALF_LEVEL);
    }
  }

  @Test
  void shouldLeaveEverythingElseAlone() {
    Classifier classifier = classifier("STREAM");
    List<Node> rounded = classifier.graph(Map.of()).nodes();
    List<Node> real = real(classifier).nodes();
    assertThat(real).hasSize(rounded.size() - 1);
    List<String> changed =
        rounded.stream()
            .filter(node -> real.stream().noneMatch(other -> same(node, other)))
            .map(Node::name)
            .toList();
    assertThat(changed).containsExactly("stem.conv", "head.pooled", ImageClassifier.LOGITS);
    assertThat(rounded).filteredOn(Quantize.class::isInstance).hasSizeGreaterThan(1);
  }

  @Test
  void shouldMakeTheEndsOfAnEnlargerRealButItsFixedSkip() {
    SuperresConfig config =
        ConfigFile.resolve(SuperresConfig.defaults(), null, List.of("network.blocks=1"));
    Edsr edsr = Superres.RUNS.network(config, List.of());
    ModelGraph rounded = edsr.graph(Map.of());

    ModelGraph real = RealEnds.of(rounded, edsr.parameters());

    assertThat(real.nodes())
        .filteredOn(Conv2d.class::isInstance)
        .filteredOn(node -> ((Conv2d) node).weightType() == WeightType.FLOAT)
        .extracting(Node::name)
        .containsExactly("stem.conv", "head.conv");
    assertThat(node(real, "head.skip", Conv2d.class))
        .isEqualTo(node(rounded, "head.skip", Conv2d.class));
    assertThat(real.nodes()).hasSize(rounded.nodes().size() - 1);
  }

  @Test
  void shouldMakeAllHeadsOfADetectorReal() {
    DetectConfig config =
        ConfigFile.resolve(
            DetectConfig.defaults(), null, List.of("backbone.width=0.25", "head.channels=32"));
    CenterNet detector = Detect.RUNS.network(config, List.of("any"));
    ModelGraph rounded = detector.graph(Map.of());

    ModelGraph real = RealEnds.of(rounded, detector.parameters());

    assertThat(rounded.outputs())
        .allMatch(output -> lastOf(rounded, output).weightType() == WeightType.INT8)
        .allMatch(output -> lastOf(real, output).weightType() == WeightType.FLOAT);
  }

  /** The convolution that an output comes from. */
  private static Conv2d lastOf(ModelGraph graph, String value) {
    Node producer =
        graph.nodes().stream().filter(n -> n.outputs().contains(value)).findFirst().orElseThrow();
    return producer instanceof Conv2d conv ? conv : lastOf(graph, producer.inputs().get(0));
  }

  /** The graph is emitted anew each time, so arrays are others. */
  private static boolean same(Node one, Node other) {
    return one.name().equals(other.name())
        && one.inputs().equals(other.inputs())
        && (!(one instanceof Conv2d conv) || conv.weightType() == ((Conv2d) other).weightType());
  }

  @Test
  void shouldRefuseAFullPrecisionNetwork() {
    Classifier classifier = classifier("BASIC");
    assertThatThrownBy(() -> real(classifier))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("they are real already");
  }

  @Test
  void shouldBeAnOptionOfFloat32Only() {
    Path file = folder.resolve("no.onnx");
    Run result = Run.of("export", folder.toString(), "-o", file.toString(), "--real-ends");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--kind fp32");
    assertThat(file).doesNotExist();
  }
}

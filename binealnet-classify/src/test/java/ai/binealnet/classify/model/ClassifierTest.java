package ai.binealnet.classify.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Op;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.ConfigFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifierTest {
  private static ClassifyConfig config(String... settings) {
    return ConfigFile.resolve(ClassifyConfig.defaults(), null, List.of(settings));
  }

  private static ClassifyConfig small(BlockKind block) {
    return config(
        "backbone.network=resnet8",
        "backbone.stem=fast",
        "backbone.width=0.5",
        "backbone.block=" + block);
  }

  @ParameterizedTest
  @EnumSource
  void shouldExportTheGraphItEvaluates(BlockKind block) {
    Classifier classifier = new Classifier(small(block), 10);
    ModelGraph graph = classifier.graph(Map.of("task", "classify"));
    List<String> observed = new ArrayList<>();
    try (Tape tape =
        Tape.evaluation(new CpuKernels(2), new TensorPool())
            .observedBy((name, value) -> observed.add(name))) {
      Tensor images = Tensor.create(Shape.of(2, 32, 32, 3)).fill(0.5f);
      assertThat(classifier.forward(tape, tape.input(images)).shape()).isEqualTo(Shape.of(2, 10));
    }

    assertThat(graph.outputs()).containsExactly(ImageClassifier.LOGITS);
    assertThat(graph.metadata()).containsEntry("task", "classify");
    assertThat(graph.nodes().get(0).op()).isEqualTo(Op.NORMALIZE);
    assertThat(((Linear) graph.nodes().get(graph.nodes().size() - 1)).bias()).hasSize(10);
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsAll(observed)
        .contains(ImageClassifier.LOGITS);
    assertThat(classifier.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
  }

  @Test
  void shouldStartFromTheSeedOfTheRecipe() {
    float[] first = weights(config("training.seed=5"));

    assertThat(weights(config("training.seed=5"))).isEqualTo(first);
    assertThat(weights(config("training.seed=6"))).isNotEqualTo(first);
  }

  private static float[] weights(ClassifyConfig config) {
    return new Classifier(config, 10).parameters().get(0).value().toArray();
  }

  @Test
  void shouldRefuseAnUnknownNetwork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Classifier(config("backbone.network=vgg"), 10))
        .withMessageContaining("vgg");
  }
}

package ai.binealnet.detect.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.detect.decode.RawOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CenterNetTest {
  private static DetectConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "head.channels=32",
                "input.height=32",
                "input.width=48",
                "training.precision=FLOAT32"));
    settings.addAll(List.of(more));
    return ConfigFile.resolve(DetectConfig.defaults(), null, settings);
  }

  private static RawOutputs run(CenterNet network, boolean training) {
    float[] pixels = new float[2 * 32 * 48 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 97 / 64f - 0.7f;
    }
    CpuKernels kernels = new CpuKernels(1);
    try (Tape tape =
        training
            ? Tape.training(kernels, new TensorPool())
            : Tape.evaluation(kernels, new TensorPool())) {
      Tensor images = Tensor.of(Shape.of(2, 32, 48, 3), pixels);
      return network.forward(tape, tape.input(images)).values();
    }
  }

  @ParameterizedTest
  @EnumSource(BlockKind.class)
  void shouldPutOutThreeMapsOfOneGrid(BlockKind block) {
    CenterNet network = new CenterNet(config("backbone.block=" + block), 3);

    RawOutputs raw = run(network, false);

    assertThat(raw.count()).isEqualTo(2);
    assertThat(raw.height()).isEqualTo(8);
    assertThat(raw.width()).isEqualTo(12);
    assertThat(raw.classes()).isEqualTo(3);
    assertThat(network.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    assertThat(network.parameters())
        .extracting(Parameter::name)
        .allMatch(name -> name.matches("(stem|stage\\d|neck|head)\\..*"));
  }

  @ParameterizedTest
  @CsvSource({"FAST, 2", "FAST, 4", "IMAGENET, 8", "IMAGENET, 16", "CIFAR, 4"})
  void shouldEndAtTheStrideThatIsAskedFor(String stem, int stride) {
    CenterNet network = new CenterNet(config("backbone.stem=" + stem, "head.stride=" + stride), 2);

    assertThat(run(network, true).height()).isEqualTo(32 / stride);
  }

  @ParameterizedTest
  @EnumSource(
      value = BlockKind.class,
      names = {"STREAM", "BINEAL"})
  void shouldBeBinaryButForTheFirstAndLastLayers(BlockKind block) {
    ModelGraph graph = new CenterNet(config("backbone.block=" + block), 3).graph(Map.of());

    assertThat(graph.outputs())
        .containsExactly(RawOutputs.HEATMAP, RawOutputs.SIZE, RawOutputs.OFFSET);
    assertThat(graph.nodes())
        .filteredOn(Conv2d.class::isInstance)
        .extracting(Conv2d.class::cast)
        .filteredOn(conv -> conv.weightType() != WeightType.BINARY)
        .allMatch(conv -> conv.weightType() == WeightType.INT8)
        .extracting(Conv2d::name)
        .containsExactly("stem.conv", "head.heatmap.conv", "head.size.conv", "head.offset.conv");
  }

  @Test
  void shouldKeepNeckAndHeadsRealIfAskedFor() {
    DetectConfig config = config("head.binary=false");
    ModelGraph graph = new CenterNet(config, 3).graph(Map.of());

    assertThat(graph.nodes())
        .filteredOn(Conv2d.class::isInstance)
        .extracting(Conv2d.class::cast)
        .allSatisfy(
            conv ->
                assertThat(conv.weightType() == WeightType.FLOAT)
                    .isEqualTo(conv.name().startsWith("neck.") || conv.name().startsWith("head.")));
    assertThat(config.title()).isEqualTo("resnet8-x1-stream-centernet-real-head");
    assertThat(config.hasBinaryLayers()).isTrue();
  }

  @Test
  void shouldStartWithTheHeatmapAtATenth() {
    CenterNet network = new CenterNet(config(), 1);
    Parameter bias =
        network.parameters().stream()
            .filter(p -> p.name().equals("head.heatmap.bias"))
            .findFirst()
            .orElseThrow();

    assertThat(1 / (1 + Math.exp(-bias.value().get(0)))).isCloseTo(0.1, within(1e-2));
  }

  @Test
  void shouldHaveATwinOfTheSameShape() {
    DetectConfig twin = config().twin(1);

    assertThat(twin.hasBinaryLayers()).isFalse();
    assertThat(twin.title()).isEqualTo("resnet8-x1-basic-centernet");
    assertThat(twin.architecture()).isNotEqualTo(config().architecture());
    assertThat(run(new CenterNet(twin, 3), false).height()).isEqualTo(8);
  }

  @Test
  void shouldRefuseWhatCannotBeBuilt() {
    assertThatThrownBy(() -> new CenterNet(config("head.stride=2"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4..16");
    assertThatThrownBy(() -> new CenterNet(config("input.height=40"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiples of 16");
    assertThatThrownBy(() -> new CenterNet(config("backbone.outputStride=8"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outputStride");
    assertThatThrownBy(() -> config("head.stride=3")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> config("loss.size=-1")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> config("augment.minScale=3")).isInstanceOf(UserError.class);
  }
}

package ai.binealnet.match.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import ai.binealnet.match.decode.RawOutputs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchNetworkTest {
  private static final Path RECIPE = Path.of("../configs/match.yaml");

  private static MatchConfig config(String... overrides) {
    return ConfigFile.resolve(MatchConfig.defaults(), null, List.of(overrides));
  }

  @ParameterizedTest
  @CsvSource({
    "STREAM,2,33,47",
    "STREAM,1,24,20",
    "STREAM,4,30,41",
    "BINEAL,2,32,32",
    "BINEAL,4,1,1",
    "BASIC,2,5,64",
    "STREAM,2,1,1",
    "STREAM,1,1,1"
  })
  void shouldPutOutCellsForPicturesOfAnySize(String block, int cell, int height, int width) {
    MatchConfig config =
        config("network.block=" + block, "network.cell=" + cell, "network.dimensions=40");
    MatchNetwork network = new MatchNetwork(config);
    try (Tape tape = Tape.evaluation(new CpuKernels(1), new TensorPool())) {
      Tensor picture = tape.allocate(Shape.of(2, height, width, 3)).fill(0.5f);
      MatchNetwork.Outputs outputs = network.forward(tape, tape.input(picture));
      int h = (height + cell - 1) / cell;
      int w = (width + cell - 1) / cell;
      assertThat(outputs.descriptors().shape()).isEqualTo(Shape.of(2, h, w, 40));
      assertThat(outputs.reliability().shape()).isEqualTo(Shape.of(2, h, w, 1));
      assertThat(outputs.repeatability().shape()).isEqualTo(Shape.of(2, h, w, cell * cell));
    }
  }

  @Test
  void shouldBeBinaryInsideAndEightBitAtItsEnds() {
    List<Conv2d> convolutions =
        new MatchNetwork(config())
            .graph(Map.of()).nodes().stream()
                .filter(Conv2d.class::isInstance)
                .map(Conv2d.class::cast)
                .toList();
    assertThat(convolutions)
        .filteredOn(conv -> conv.weightType() == WeightType.INT8)
        .extracting(Conv2d::name)
        .containsExactly(
            "stem.conv",
            "head.descriptors.conv",
            "head.reliability.conv",
            "head.repeatability.conv");
    assertThat(convolutions)
        .filteredOn(conv -> conv.weightType() == WeightType.BINARY)
        .allMatch(Conv2d::binaryInput)
        .hasSize(10); // 8 and two 1x1 where the stream widens
  }

  @Test
  void shouldSeeTheSameFieldWithStridedFirstLayer() {
    assertThat(field(new MatchNetwork(config("network.cell=1")).graph(Map.of()))).isEqualTo(51);
    assertThat(field(new MatchNetwork(config("network.cell=2")).graph(Map.of()))).isBetween(51, 57);
    assertThat(field(new MatchNetwork(config("network.cell=4")).graph(Map.of()))).isBetween(51, 80);
  }

  /** Pixels that a descriptor depends on, along one axis. */
  private static int field(ModelGraph graph) {
    int stride = 1;
    int field = 1;
    for (var node : graph.nodes()) {
      if (node instanceof Conv2d conv && !conv.name().contains("shortcut")) {
        field += (conv.geometry().kernelWidth() - 1) * conv.geometry().dilation() * stride;
        stride *= conv.geometry().stride();
      }
    }
    return field;
  }

  @Test
  void shouldWriteThreeOutputs() {
    ModelGraph graph = new MatchNetwork(config()).graph(Map.of("task", "match"));
    assertThat(graph.outputs())
        .containsExactly(RawOutputs.DESCRIPTORS, RawOutputs.RELIABILITY, RawOutputs.REPEATABILITY);
    assertThat(graph.name()).isEqualTo("r2d2-x1-cell2-stream");
  }

  @Test
  void shouldHaveATwinOfTheSameShape() {
    MatchConfig twin = config("network.width=0.5").twin(0.5);
    assertThat(twin.network().block()).isEqualTo(BlockKind.BASIC);
    assertThat(twin.hasBinaryLayers()).isFalse();
    assertThat(config().hasBinaryLayers()).isTrue();
    assertThat(twin.architecture()).isNotEqualTo(config("network.width=0.5").architecture());
    assertThat(new MatchNetwork(twin).parameters())
        .extracting(Parameter::name)
        .doesNotHaveDuplicates()
        .contains("stem.conv.weight", "stage4.conv2.norm.gamma", "head.descriptors.bias");
  }

  @Test
  void shouldReadTheRecipeOfTheRepository() {
    MatchConfig config = ConfigFile.resolve(MatchConfig.defaults(), RECIPE, List.of());
    assertThat(config.title()).isEqualTo("r2d2-x1-cell2-stream");
    assertThat(config).isNotEqualTo(MatchConfig.defaults());
  }

  @Test
  void shouldTakeGreyPictures() {
    MatchConfig grey = config("input.colorOrder=GREY", "input.mean=[128]", "input.std=[64]");
    assertThat(new MatchNetwork(grey).graph(Map.of()).channels()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatDoesNotExist() {
    assertThatThrownBy(() -> config("network.cell=3")).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> config("training.stage=WEIGHTS")).hasMessageContaining("one stage");
    assertThatThrownBy(() -> config("training.distillation={teacher: run, weight: 0.5}"))
        .hasMessageContaining("no distillation");
    assertThatThrownBy(() -> config("network.dimensions=4")).hasMessageContaining("[8, 512]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkConfig(0, BlockKind.STREAM, 2, 128, null));
  }
}

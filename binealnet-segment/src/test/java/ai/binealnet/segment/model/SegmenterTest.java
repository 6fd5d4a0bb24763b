package ai.binealnet.segment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import ai.binealnet.segment.decode.ImageSegmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SegmenterTest {
  private static final int CLASSES = 5;

  private static SegmentConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "backbone.width=0.5",
                "backbone.stem=FAST",
                "head.channels=16",
                "input.height=32",
                "input.width=48"));
    settings.addAll(List.of(more));
    return ConfigFile.resolve(SegmentConfig.defaults(), null, settings);
  }

  private static Segmenter.Outputs outputs(Segmenter network) {
    try (Tape tape = Tape.training(new CpuKernels(1), new TensorPool())) {
      Tensor images = Tensor.create(Shape.of(2, 32, 48, 3)).fill(0.5f);
      return network.outputs(tape, tape.input(images));
    }
  }

  @ParameterizedTest
  @CsvSource({"STREAM,8", "BINEAL,8", "BASIC,8", "STREAM,4", "BINEAL,2"})
  void shouldPutOutAGridOfLogits(BlockKind block, int stride) {
    SegmentConfig config = config("backbone.block=" + block, "backbone.outputStride=" + stride);

    Segmenter.Outputs outputs = outputs(new Segmenter(config, CLASSES));

    Shape expected = Shape.of(2, 32 / stride, 48 / stride, CLASSES);
    assertThat(outputs.logits().shape()).isEqualTo(expected);
    assertThat(outputs.auxiliary().shape().channels()).isEqualTo(CLASSES);
  }

  @Test
  void shouldHaveItsDefaultGridAtAnEighth() {
    SegmentConfig config = SegmentConfig.defaults();

    assertThat(config.backbone().outputStride()).isEqualTo(8);
    assertThat(config.title()).isEqualTo("resnet18-x1-stream-os8-fcn");
    assertThat(config.twin(1).title()).isEqualTo("resnet18-x1-basic-os8-fcn");
    assertThat(config.twin(1).hasBinaryLayers()).isFalse();
  }

  /** Binary everywhere but in the first and the last layer. */
  @ParameterizedTest
  @EnumSource(names = {"STREAM", "BINEAL"})
  void shouldBeBinaryBetweenTheEnds(BlockKind block) {
    ModelGraph graph =
        new Segmenter(config("backbone.block=" + block, "head.convolutions=2"), CLASSES)
            .graph(Map.of());

    List<Conv2d> convs = convolutions(graph);
    assertThat(convs.get(0).weightType()).isEqualTo(WeightType.INT8);
    assertThat(convs.get(convs.size() - 1).weightType()).isEqualTo(WeightType.INT8);
    assertThat(convs.subList(1, convs.size() - 1))
        .hasSizeGreaterThan(8)
        .allMatch(conv -> conv.weightType() == WeightType.BINARY);
    assertThat(graph.outputs()).containsExactly(ImageSegmenter.LOGITS);
  }

  private static List<Conv2d> convolutions(ModelGraph graph) {
    return graph.nodes().stream().filter(Conv2d.class::isInstance).map(Conv2d.class::cast).toList();
  }

  @Test
  void shouldKeepTheHeadRealIfAsked() {
    SegmentConfig config = config("head.binary=false");

    List<Conv2d> convs = convolutions(new Segmenter(config, CLASSES).graph(Map.of()));

    assertThat(convs.stream().filter(conv -> conv.name().startsWith("head")))
        .hasSize(2)
        .allMatch(conv -> conv.weightType() == WeightType.FLOAT);
    assertThat(config.title()).endsWith("-realhead");
  }

  @Test
  void shouldNotExportTheAuxiliaryHead() {
    Segmenter network = new Segmenter(config(), CLASSES);

    assertThat(network.parameters().stream().map(Parameter::name))
        .contains("aux.logits.bias", "head.logits.bias")
        .doesNotHaveDuplicates();
    assertThat(network.graph(Map.of()).nodes()).noneMatch(n -> n.name().startsWith("aux"));
    Segmenter without = new Segmenter(config("loss.auxiliary=0"), CLASSES);
    assertThat(outputs(without).auxiliary()).isNull();
    assertThat(without.parameters()).noneMatch(p -> p.name().startsWith("aux"));
  }

  /** Weights of classification, which has strides, must fit the dilated backbone. */
  @Test
  void shouldNameItsBackboneAsOthersDo() {
    Segmenter dilated = new Segmenter(config("backbone.outputStride=4"), CLASSES);
    Segmenter strided = new Segmenter(config("backbone.outputStride=32"), CLASSES);

    assertThat(dilated.parameters()).hasToString(strided.parameters().toString());
  }

  @Test
  void shouldTellArchitecturesApart() {
    assertThat(
            List.of(
                config().architecture(),
                config("head.channels=32").architecture(),
                config("head.binary=false").architecture(),
                config("loss.auxiliary=0").architecture(),
                config("backbone.outputStride=4").architecture()))
        .doesNotHaveDuplicates();
    assertThat(config("loss.auxiliary=0.2").architecture()).isEqualTo(config().architecture());
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HeadConfig(0, 1, true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segmenter(config("backbone.network=vgg"), CLASSES))
        .withMessageContaining("vgg");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> config("training.stage=WEIGHTS", "backbone.block=BASIC"))
        .withMessageContaining("training.stage");
  }
}

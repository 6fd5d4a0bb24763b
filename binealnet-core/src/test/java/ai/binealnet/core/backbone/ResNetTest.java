package ai.binealnet.core.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {
  private static final Kernels KERNELS = new CpuKernels(2);

  @ParameterizedTest
  @CsvSource({
    "resnet8,1,FAST,32,16 32 64,16 8 4",
    "resnet20,1.5,CIFAR,8,24 48 96,8 4 2",
    "resnet18,0.25,CIFAR,16,16 32 64 128,16 8 4 2",
    "resnet18,0.125,IMAGENET,64,8 16 32 64,16 8 4 2",
    "resnet20,0.3,CIFAR,9,8 8 16,9 5 3"
  })
  void shouldYieldAFeatureMapPerStage(
      String network, double width, StemKind stem, int side, String channels, String sides) {
    BinaryOptions options = BinaryOptions.defaults();
    NetworkCase c =
        new NetworkCase(new BackboneConfig(network, width, BlockKind.BINEAL, stem, options), side);
    Backbone backbone = ResNet.create(c.config(), new Initializer(1));
    try (Tape tape = Tape.evaluation(KERNELS, new TensorPool())) {
      List<Variable> features = backbone.features(tape, tape.input(c.images(35)));
      String[] depth = channels.split(" ");
      String[] size = sides.split(" ");
      assertThat(features).hasSameSizeAs(depth);
      for (int s = 0; s < depth.length; s++) {
        int extent = Integer.parseInt(size[s]);
        assertThat(features.get(s).shape())
            .isEqualTo(Shape.of(NetworkCase.BATCH, extent, extent, Integer.parseInt(depth[s])));
        assertThat(backbone.channels().get(s)).isEqualTo(Integer.parseInt(depth[s]));
      }
      assertThat(features.get(depth.length - 1).value().toArray()).containsOnly(-1, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18,IMAGENET,8,8 8 8,1 1 2 4",
    "resnet18,IMAGENET,16,8 4 4,1 1 1 2",
    "resnet18,IMAGENET,4,16 16 16,1 2 4 8",
    "resnet18,CIFAR,1,64 64 64,1 2 4 8"
  })
  void shouldDilateBeyondTheOutputStride(
      String network, StemKind stem, int outputStride, String sides, String dilations) {
    for (BlockKind block : BlockKind.values()) {
      BackboneConfig config =
          new BackboneConfig(network, 0.125, block, stem, BinaryOptions.defaults(), outputStride);
      Backbone backbone = ResNet.create(config, new Initializer(1));
      Value image = new Value("image", 64, 64, 3);
      GraphBuilder graph = new GraphBuilder(image);
      List<Value> stages = backbone.emitFeatures(graph, image);
      String[] side = sides.split(" ");
      for (int s = 0; s < side.length; s++) {
        assertThat(stages.get(s + 1).height()).isEqualTo(Integer.parseInt(side[s]));
      }
      String[] dilation = dilations.split(" ");
      graph.build("x", stages, Map.of()).nodes().stream()
          .filter(ai.binealnet.core.graph.Conv2d.class::isInstance)
          .map(ai.binealnet.core.graph.Conv2d.class::cast)
          .filter(conv -> conv.name().matches("stage.*block1.conv.*"))
          .forEach(
              conv -> {
                int stage = conv.name().charAt("stage".length()) - '1';
                assertThat(conv.geometry().dilation())
                    .as(conv.name())
                    .isEqualTo(Integer.parseInt(dilation[stage]));
              });
    }
  }

  /** Every second pixel of the dilated network sees what the strided one computes. */
  @Test
  void shouldComputeTheStridedNetworkDensely() {
    BackboneConfig config =
        new BackboneConfig(
            "resnet8", 0.5, BlockKind.BASIC, StemKind.CIFAR, BinaryOptions.defaults());
    NetworkCase c = new NetworkCase(config, 12);
    List<Variable> strided;
    List<Variable> dense;
    try (Tape tape = Tape.evaluation(KERNELS, new TensorPool())) {
      Variable images = tape.input(c.images(36));
      strided = ResNet.create(config, new Initializer(1)).features(tape, images);
      dense = ResNet.create(config.withOutputStride(1), new Initializer(1)).features(tape, images);
      assertThat(dense.get(2).shape()).isEqualTo(Shape.of(NetworkCase.BATCH, 12, 12, 32));
      for (int pixel = 0; pixel < 9; pixel++) {
        for (int k = 0; k < 32; k++) {
          int at = (pixel / 3 * 4 * 12 + pixel % 3 * 4) * 32 + k;
          assertThat(dense.get(2).value().get(at))
              .isCloseTo(strided.get(2).value().get(pixel * 32 + k), within(1e-4f));
        }
      }
    }
  }

  @Test
  void shouldBinarizeEveryConvolutionButTheFirst() {
    for (BlockKind block : new BlockKind[] {BlockKind.BINEAL, BlockKind.STREAM}) {
      NetworkCase c =
          new NetworkCase(
              new BackboneConfig("resnet20", 0.5, block, StemKind.CIFAR, BinaryOptions.defaults()),
              8);
      Value image = new Value("image", 8, 8, 3);
      GraphBuilder builder = new GraphBuilder(image);
      ModelGraph graph = builder.build("x", List.of(c.network().emit(builder, image)), Map.of());
      List<ai.binealnet.core.graph.Conv2d> convolutions =
          graph.nodes().stream()
              .filter(ai.binealnet.core.graph.Conv2d.class::isInstance)
              .map(ai.binealnet.core.graph.Conv2d.class::cast)
              .toList();
      assertThat(convolutions.get(0).weightType()).isEqualTo(WeightType.INT8);
      assertThat(convolutions.subList(1, convolutions.size()))
          .hasSizeGreaterThanOrEqualTo(18)
          .allMatch(conv -> conv.weightType() == WeightType.BINARY && conv.binaryInput());
    }
  }

  @Test
  void shouldStartFromTheSeed() {
    NetworkCase c =
        new NetworkCase(
            new BackboneConfig(
                "resnet8", 0.5, BlockKind.BINEAL, StemKind.FAST, BinaryOptions.defaults()),
            16);
    float[] first =
        ResNet.create(c.config(), new Initializer(1)).parameters().get(0).value().toArray();

    assertThat(ResNet.create(c.config(), new Initializer(1)).parameters().get(0).value().toArray())
        .isEqualTo(first);
    assertThat(ResNet.create(c.config(), new Initializer(2)).parameters().get(0).value().toArray())
        .isNotEqualTo(first);
  }

  @Test
  void shouldNameAndRefuseConfigurations() {
    BinaryOptions options = BinaryOptions.defaults();
    BackboneConfig config =
        new BackboneConfig("resnet20", 1.5, BlockKind.STREAM, StemKind.CIFAR, options);

    assertThat(config.title()).isEqualTo("resnet20-x1.5-stream");
    assertThat(config.twin().block()).isEqualTo(BlockKind.BASIC);
    assertThat(new BackboneConfig("resnet18", 2, BlockKind.BINEAL, StemKind.CIFAR, options).title())
        .isEqualTo("resnet18-x2-bineal");
    assertThat(config.toString()).endsWith("binary=" + options + "]");
    assertThat(config.withOutputStride(8).title()).isEqualTo("resnet20-x1.5-stream-os8");
    assertThat(config.withOutputStride(8).toString()).endsWith(", outputStride=8]");
    assertThat(config.withOutputStride(8).twin().outputStride()).isEqualTo(8);
    for (int stride : new int[] {0, 3, 64}) {
      assertThatIllegalArgumentException().isThrownBy(() -> config.withOutputStride(stride));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ResNet.create(
                    new BackboneConfig(
                        "resnet18", 1, BlockKind.BASIC, StemKind.IMAGENET, options, 2),
                    new Initializer(1)))
        .withMessageContaining("outputStride 2");
    for (double width : new double[] {0, -1, 9, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new BackboneConfig("resnet20", width, BlockKind.BASIC, StemKind.CIFAR, options));
    }
    BackboneConfig unknown =
        new BackboneConfig("resnet21", 1, BlockKind.BASIC, StemKind.CIFAR, options);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResNet.create(unknown, new Initializer(1)))
        .withMessageContaining("resnet21")
        .withMessageContaining("resnet20");
  }
}

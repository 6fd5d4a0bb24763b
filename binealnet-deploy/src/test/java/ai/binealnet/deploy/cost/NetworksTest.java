package ai.binealnet.deploy.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.BackboneConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.ResNet;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.binary.AlphaShape;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BinaryOptions;
import ai.binealnet.core.nn.BinaryOptions.Shortcut;
import ai.binealnet.core.nn.GlobalPool;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Linear;
import ai.binealnet.core.nn.ScalePosition;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Value;
import ai.binealnet.deploy.lower.Lowering;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NetworksTest {
  @Test
  void shouldCountMacsAsByHand() {
    Map<String, Long> macs = macs(Networks.resNet18(1));

    assertThat(macs).containsEntry("stem", 112L * 112 * 64 * 7 * 7 * 3);
    assertThat(macs).containsEntry("stage1.block0.conv1", 115_605_504L); // 56 56 64 9 64
    assertThat(macs).containsEntry("stage2.block0.skip", 6_422_528L); // 28 28 128 64
    assertThat(macs).containsEntry("stage4.block1.conv2", 115_605_504L); // 7 7 512 9 512
    assertThat(macs).containsEntry("logits", 512_000L);
  }

  @Test
  void shouldHaveTheTotalsThatWereMeasuredBefore() {
    assertThat(gigaMacs(Networks.resNet18(1))).isEqualTo(1.814, offset(0.0005));
    // with a 1x1 convolution in every skip, where ResNet has an identity
    assertThat(gigaMacs(Networks.biNeal(1.5, 1))).isEqualTo(4.137, offset(0.0005));
    assertThat(gigaMacs(Networks.biNeal(2, 1))).isEqualTo(7.276, offset(0.0005));
  }

  @Test
  void shouldHaveTheOperationsThatTheAuthorsOfReActNetState() {
    assertThat(operations(Networks.reActNetA(32, 32))).isEqualTo(0.87e8, offset(0.005e8));
    assertThat(operations(Networks.biReal(32, 32))).isEqualTo(1.63e8, offset(0.015e8));
  }

  /** 64 multiplications of bits count as one. */
  private static double operations(Network network) {
    Map<Integer, Long> macs = Cost.of(network.layers()).macs();
    return macs.get(1) / 64.0 + macs.get(32);
  }

  @Test
  void shouldDescribeTheNetworksThatThisProjectBuilds() {
    BinaryOptions options =
        new BinaryOptions(
            true, true, AlphaShape.OUT, ScalePosition.NONE, 1, 1, true, 1f, true, Shortcut.BINARY);
    ModelGraph bineal = graph(BlockKind.BINEAL, options, WeightType.INT8);
    assertThat(anonymous(GraphWork.of(Lowering.lower(bineal).graph())))
        .containsExactlyInAnyOrderElementsOf(anonymous(Networks.biNeal(0.25, 1).layers()));

    ModelGraph basic = graph(BlockKind.BASIC, options, WeightType.FLOAT);
    Cost real = Cost.of(GraphWork.of(basic));
    Cost eightBit = Cost.of(Networks.resNet18(0.25).layers());
    assertThat(real.macs()).isEqualTo(Map.of(32, eightBit.allMacs()));
    assertThat(real.weights().get(32)).isEqualTo(eightBit.weights().get(8));
  }

  @Test
  void shouldCountStreamsWithTheirSigns() {
    ModelGraph stream = graph(BlockKind.STREAM, BinaryOptions.defaults(), WeightType.INT8);
    List<LayerWork> layers = GraphWork.of(Lowering.lower(stream).graph());
    LayerWork inner =
        layers.stream()
            .filter(layer -> layer.name().equals("stage1.block0.conv2"))
            .findFirst()
            .get();

    assertThat(inner.residualBits()).isEqualTo(8);
    assertThat(inner.outputBits()).isEqualTo(9);
    assertThat(inner.inputBytes()).isEqualTo(56 * 56 * 16 / 8 + 56 * 56 * 16);
  }

  private static ModelGraph graph(BlockKind block, BinaryOptions options, WeightType head) {
    Initializer init = new Initializer(1);
    Backbone backbone =
        ResNet.create(
            new BackboneConfig("resnet18", 0.25, block, StemKind.IMAGENET, options), init);
    Layer network =
        Sequential.of(
            backbone,
            new GlobalPool("pool"),
            new Linear("logits", backbone.outputChannels(), 1000, head, init));
    ImageSpec spec = ImageSpec.rgb(224, 224);
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value logits = network.emit(graph, pixels);
    return graph.build("test", List.of(logits), Map.of());
  }

  private static List<LayerWork> anonymous(List<LayerWork> layers) {
    return layers.stream()
        .map(
            w ->
                new LayerWork(
                    "",
                    w.depth(),
                    w.filters(),
                    w.pixels(),
                    w.inputs(),
                    w.inputBits(),
                    w.weightBits(),
                    w.residualBits(),
                    w.outputBits()))
        .toList();
  }

  private static Map<String, Long> macs(Network network) {
    return network.layers().stream().collect(Collectors.toMap(LayerWork::name, LayerWork::macs));
  }

  private static double gigaMacs(Network network) {
    return Cost.of(network.layers()).allMacs() / 1e9;
  }
}

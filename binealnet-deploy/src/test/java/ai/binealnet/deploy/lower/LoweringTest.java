package ai.binealnet.deploy.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.Add;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.Node;
import ai.binealnet.core.graph.Op;
import ai.binealnet.core.graph.PackBits;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.DenseNets;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.parity.ParityCheck;
import ai.binealnet.deploy.parity.RealExecutor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoweringTest {
  private static final ConvGeometry SAME = ConvGeometry.same(3, 1);

  @Test
  void shouldFuseEveryNodeOfABinealNetwork() {
    Lowered lowered = Lowering.lower(RandomNets.bineal(1, 16, 16, 32, 64, false));

    assertThat(operators(lowered))
        .containsExactly(
            "ByteConv2dBinarize",
            "BinaryConv2d",
            "BinaryConv2dQuantized",
            "BinaryConv2dAddBinarize",
            "BinaryConv2d",
            "BinaryConv2dQuantized",
            "BinaryConv2dAddBinarize",
            "BinaryGlobalAveragePool",
            "ByteConv2dFloat");
  }

  @Test
  void shouldFuseEveryNodeOfAStreamNetwork() {
    Lowered lowered = Lowering.lower(RandomNets.stream(1, 16, 16, 32, 64, false, false));

    assertThat(operators(lowered))
        .containsExactly(
            "ByteConv2dStreamBinarize",
            "BinaryConv2dStreamBinarize",
            "StreamAveragePool2d",
            "ByteConv2dStream",
            "BinaryConv2dStreamBinarize",
            "BinaryConv2dStream",
            "StreamGlobalAveragePool",
            "ByteConv2dFloat");
  }

  @Test
  void shouldJoinAnUpSampledStreamInTheLateralConvolution() {
    Lowered lowered = check(DenseNets.stream(1, 8, 6, 32, 64));

    assertThat(operators(lowered))
        .containsExactlyInAnyOrder(
            "ByteConv2dStreamBinarize",
            "BinaryConv2dStreamBinarize", // stage 2; its bits are those of the up-sampled stream
            "StreamUpsample2d",
            "StreamBinarize", // of the finer stage, which two convolutions read
            "BinaryConv2dStreamBinarize", // the lateral skip
            "BinaryConv2dStream",
            "ByteConv2dFloat",
            "BinaryUpsample2d",
            "BinaryConv2dFloat",
            "ByteConv2dFloat");
    assertThat(lowered.layers()).allMatch(LayerReport::accelerated);
  }

  @Test
  void shouldUpSampleBits() {
    Lowered lowered = check(DenseNets.bineal(2, 8, 6, 32, 64));

    assertThat(operators(lowered))
        .containsExactlyInAnyOrder(
            "ByteConv2dBinarize",
            "BinaryConv2d",
            "BinaryUpsample2d",
            "BinaryConv2dQuantized",
            "BinaryConv2dAddBinarize",
            "BinaryConv2dStreamBinarize",
            "ByteConv2dFloat",
            "BinaryUpsample2d",
            "BinaryConv2dFloat");
    assertThat(lowered.layers()).allMatch(LayerReport::accelerated);
  }

  @Test
  void shouldKeepAnImageInIntegersUpToItsPixels() {
    Lowered lowered = check(DenseNets.superResolution(3, 5, 4, 32, 2));

    assertThat(operators(lowered))
        .containsExactlyInAnyOrder(
            "ByteConv2dStreamBinarize",
            "BinaryConv2dStreamBinarize",
            "BinaryConv2dStream",
            "ByteConv2dFloat",
            "DepthToSpace",
            "ByteConv2dFloat",
            "ByteConv2dFloat",
            "Add",
            "DepthToSpace",
            "DepthToSpace",
            "Normalize",
            "Upsample",
            "Add");
  }

  @Test
  void shouldRefuseChannelsThatMakeNoPixels() {
    RandomGraph g = new RandomGraph(1);
    String x = g.eightBitConv("conv", g.normalize(), 3, 6, SAME);
    ModelGraph graph = g.build(4, 4, g.depthToSpace("pixels", x, 2));

    assertThatThrownBy(() -> Lowering.lower(graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pixels makes pixels of 6 channels");
  }

  @Test
  void shouldTakeSignsOfPixelsWithoutRealNumbers() {
    RandomGraph g = new RandomGraph(16);
    float[] zero = new float[3];
    float[] b1 = {-0.5f, 9, -9}; // 160, always +1, always -1
    String x = g.binarize("act", g.normalize(), zero, RandomGraph.filled(3, 1), b1);
    Lowered lowered = check(g.build(7, 5, g.binaryConv("conv", x, 3, 8, SAME)));

    assertThat(operators(lowered)).containsExactly("Binarize", "BinaryConv2dFloat");
    PackBits pack = (PackBits) lowered.graph().nodes().get(0);
    assertThat(pack.input()).isEqualTo("image");
    assertThat(pack.thresholds()).containsExactly(160, 0, 256);
  }

  @Test
  void shouldCommuteTheSignWithTheMaximum() {
    RandomGraph g = new RandomGraph(3);
    String x = g.norm("norm", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), 8, 1);
    x = g.binarize("act", g.maxPool("pool", x, ConvGeometry.same(3, 2)), 8);
    Lowered lowered = check(g.build(9, 7, g.globalPool("mean", x, 20)));

    assertThat(operators(lowered))
        .containsExactly(
            "ByteConv2dBinarize", "BinaryMaxPool2d", "Unbinarize", "GlobalAveragePool");
  }

  @Test
  void shouldReadAStreamThroughSeveralBinarizers() {
    RandomGraph g = new RandomGraph(4);
    String x =
        g.stream("stream", g.norm("norm", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), 8, 1));
    String a = g.binaryConv("a", g.binarize("act1", x, 8), 8, 8, SAME);
    String b = g.binaryConv("b", g.binarize("act2", x, 8), 8, 8, SAME);
    Lowered lowered = check(g.build(9, 7, g.add("sum", a, b)));

    assertThat(operators(lowered))
        .containsExactly(
            "ByteConv2dStreamBinarize",
            "BinaryConv2dFloat",
            "StreamBinarize",
            "BinaryConv2dFloat",
            "Add");
  }

  @Test
  void shouldKeepASignThatIsNoThreshold() {
    RandomGraph g = new RandomGraph(5);
    String x = g.norm("norm", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), 8, 1);
    x = g.binarize("act", x, g.gaussian(8, 1), g.gaussian(8, 1), g.gaussian(8, 1));
    Lowered lowered = check(g.build(9, 7, g.binaryConv("next", x, 8, 8, SAME)));

    assertThat(operators(lowered))
        .containsExactly("ByteConv2dFloat", "Binarize", "Binarize", "BinaryConv2dFloat");
    assertThat(lowered.graph().nodes()).extracting(Node::op).contains(Op.BINARIZE, Op.PACK_BITS);
  }

  @Test
  void shouldKeepTheNamesOfOutputsForRealNumbers() {
    RandomGraph g = new RandomGraph(6);
    String x =
        g.stream("stream", g.norm("norm", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), 8, 1));
    Lowered lowered = check(g.build(9, 7, x, g.binarize("act", x, 8)));

    assertThat(lowered.graph().outputs()).containsExactly("stream", "act");
    assertThat(lowered.graph().nodes())
        .flatExtracting(Node::outputs)
        .contains("stream.int8", "act.bits");
  }

  @Test
  void shouldNotFuseWhatSomethingElseReads() {
    RandomGraph g = new RandomGraph(7);
    String norm = g.norm("norm", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), 8, 1);
    String x = g.binaryConv("next", g.binarize("act", norm, 8), 8, 8, SAME);
    Lowered lowered = check(g.build(9, 7, g.add("sum", x, norm)));

    assertThat(lowered.graph().nodes()).hasAtLeastOneElementOfType(Add.class);
    assertThat(operators(lowered)).contains("ByteConv2dFloat", "Binarize");
  }

  @Test
  void shouldScaleTwiceInFloatBecauseFoldingWouldRoundDifferently() {
    RandomGraph g = new RandomGraph(8);
    String x =
        g.binarize("act", g.norm("norm", g.eightBitConv("c", g.normalize(), 3, 8, SAME), 8, 1), 8);
    x = g.norm("scale", g.binaryConv("conv", x, 8, 8, SAME), 8, 72);
    Lowered lowered = check(g.build(9, 7, g.int4("quant", g.norm("norm2", x, 8, 1))));

    assertThat(operators(lowered))
        .containsExactly("ByteConv2dBinarize", "BinaryConv2dFloat", "Affine", "Quantize");
  }

  @ParameterizedTest(name = "mean {0}, std {1}")
  @CsvSource({
    "127.5, 64, is no integer",
    "128, 63, no power of two",
    "300, 64, is no integer in 0..255"
  })
  void shouldSayWhyAFirstLayerStaysReal(float mean, float std, String reason) {
    RandomGraph g = new RandomGraph(9);
    String x = g.eightBitConv("conv", g.normalize(mean, std), 3, 8, SAME);
    Lowered lowered = Lowering.lower(g.build(9, 7, g.globalPool("mean", g.relu("relu", x, 8), 63)));

    assertThat(lowered.layers())
        .singleElement()
        .satisfies(
            layer -> {
              assertThat(layer.accelerated()).isFalse();
              assertThat(layer.reason()).contains(reason);
            });
  }

  @Test
  void shouldSayWhyEightBitWeightsOnBitsStayReal() {
    RandomGraph g = new RandomGraph(10);
    String x =
        g.binarize("act", g.norm("norm", g.eightBitConv("c", g.normalize(), 3, 8, SAME), 8, 1), 8);
    Lowered lowered = check(g.build(9, 7, g.conv("conv", x, 8, 8, SAME, WeightType.INT8, true)));

    assertThat(lowered.layers())
        .last()
        .satisfies(
            layer -> {
              assertThat(layer.accelerated()).isFalse();
              assertThat(layer.reason()).contains("1-bit input");
            });
  }

  @Test
  void shouldKeepSignsOfVectorsReal() {
    RandomGraph g = new RandomGraph(12);
    String x = g.relu("relu", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), 8);
    String y = g.binarize("act", g.globalPool("mean", x, 63), 8);
    Lowered lowered = check(g.build(9, 7, g.linear("head", y, 8, 3, WeightType.INT8)));

    assertThat(lowered.graph().nodes()).extracting(Node::op).doesNotContain(Op.PACK_BITS);
  }

  @Test
  void shouldTellWhetherTheHeadIsExact() {
    RandomGraph g = new RandomGraph(13);
    String x =
        g.stream("stream", g.norm("norm", g.eightBitConv("c", g.normalize(), 3, 64, SAME), 64, 1));
    String mean = g.globalPool("mean", x, 64 * 64);
    String wide = g.linear("wide", mean, 64, 3, WeightType.INT8);
    String narrow =
        g.linear("narrow", g.quantize("q", mean, 0.5f, -128, 127), 64, 3, WeightType.INT8);
    String real = g.linear("real", g.relu("relu", mean, 64), 64, 3, WeightType.INT8);
    Lowered lowered = Lowering.lower(g.build(64, 64, wide, narrow, real));

    assertThat(reason(lowered, "wide")).contains("may reach");
    assertThat(reason(lowered, "narrow")).isEmpty();
    assertThat(reason(lowered, "real")).contains("its input is real");
  }

  /** Each of these would round otherwise in integers, or has no integers to start from. */
  @Test
  void shouldKeepHeadsRealThatAreNotTheSameInIntegers() {
    RandomGraph g = new RandomGraph(14);
    String x = g.norm("norm", g.eightBitConv("c", g.normalize(), 3, 8, SAME), 8, 1);
    String bits = g.globalPool("bits", g.binarize("act", x, 8), 63);
    String stream = g.globalPool("sums", g.stream("stream", x), 63);
    String vector = g.quantize("four", stream, 0.5f, -8, 7);
    String a = g.linear("bitsLinear", bits, 8, 3, WeightType.INT8);
    String b = g.linear("sumsLinear", stream, 8, 3, WeightType.INT8);
    String c = g.linear("fourLinear", vector, 8, 3, WeightType.INT8);
    String d = g.linear("floatLinear", bits, 8, 3, WeightType.FLOAT);
    Lowered lowered = check(g.build(9, 7, a, b, c, d));

    assertThat(lowered.layers())
        .filteredOn(LayerReport::accelerated)
        .extracting(LayerReport::name)
        .containsExactly("c", "bitsLinear");
    assertThat(reason(lowered, "sumsLinear")).contains("exact");
    assertThat(reason(lowered, "floatLinear")).contains("real numbers");
  }

  @Test
  void shouldAverageOnceForAllHeadsAndForOthersInRealNumbers() {
    RandomGraph g = new RandomGraph(15);
    String x = g.norm("norm", g.eightBitConv("c", g.normalize(), 3, 40, SAME), 40, 1);
    String mean = g.globalPool("mean", g.stream("stream", x), 63);
    String q = g.stream("pooled", mean);
    String a = g.linear("first", q, 40, 3, WeightType.INT8);
    String b = g.linear("second", q, 40, 5, WeightType.INT8);
    Lowered lowered = check(g.build(9, 7, a, b, q, mean));

    assertThat(operators(lowered))
        .containsOnlyOnce("StreamGlobalAveragePool", "GlobalAveragePool", "Quantize")
        .filteredOn("ByteConv2dFloat"::equals)
        .hasSize(2);
    assertThat(lowered.scales()).containsEntry("pooled.int8", RandomGraph.STREAM_SCALE);
  }

  private static String reason(Lowered lowered, String name) {
    return lowered.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() {
    RandomGraph g = new RandomGraph(11);
    float[] bad = {1, Float.NaN, 1, 1, 1, 1, 1, 1};
    String x =
        g.affine("norm", g.eightBitConv("conv", g.normalize(), 3, 8, SAME), bad, new float[8]);
    ModelGraph graph = g.build(9, 7, x);

    assertThatThrownBy(() -> Lowering.lower(graph))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("norm")
        .hasMessageContaining("NaN");
  }

  @Test
  void shouldCountWorkAndBytesOfTrueChannels() {
    Lowered lowered = Lowering.lower(RandomNets.bineal(1, 16, 16, 24, 48, false));

    assertThat(lowered.layers())
        .filteredOn(layer -> layer.name().equals("block1.conv1"))
        .singleElement()
        .satisfies(
            layer -> {
              assertThat(layer.macs()).isEqualTo(4L * 4 * 48 * 9 * 24);
              assertThat(layer.bytes()).isEqualTo(64 * 9 * 32 / 8 + 4 * 64);
              assertThat(layer.inputBits()).isEqualTo(1);
            });
  }

  private static Lowered check(ModelGraph graph) {
    Lowered lowered = Lowering.lower(graph);
    ParityCheck check = new ParityCheck(lowered, List.of(new RealExecutor(graph)));
    check.check(RandomGraph.images(new Random(1), 2, graph.height(), graph.width()));
    assertThat(check.report().layers()).allMatch(layer -> layer.mismatches() == 0);
    assertThat(check.report().bitExact()).isTrue();
    return lowered;
  }

  private static List<String> operators(Lowered lowered) {
    return lowered.graph().nodes().stream().map(OperatorNames::of).toList();
  }
}

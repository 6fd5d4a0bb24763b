package ai.binealnet.deploy.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.lower.Lowered;
import ai.binealnet.deploy.lower.Lowering;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed reference against the float definition of the graph that was not lowered. */
class ReferenceExecutorTest {
  @ParameterizedTest(name = "seed {0}, {1}x{2}, {3} to {4} channels, pool {5}")
  @CsvSource({
    "1, 17, 13, 32, 64, false",
    "2, 16, 16, 24, 48, false",
    "3, 19, 11, 8, 40, true",
    "4, 9, 10, 33, 31, false",
    "5, 23, 15, 16, 72, true",
  })
  void shouldEqualTheFloatDefinitionOnBinealBlocks(
      long seed, int height, int width, int in, int out, boolean pool) {
    Lowered lowered = compare(RandomNets.bineal(seed, height, width, in, out, pool), seed);

    assertThat(lowered.layers()).allMatch(layer -> layer.accelerated());
    assertThat(lowered.layers()).filteredOn(layer -> layer.isBinary()).hasSize(6);
    assertThat(lowered.scales()).containsOnlyKeys("block0.skipquant", "block1.skipquant", "pool");
  }

  @ParameterizedTest(name = "seed {0}, {1}x{2}, {3} to {4} channels, pool {5}, binary shortcut {6}")
  @CsvSource({
    "1, 16, 12, 32, 64, false, false",
    "2, 15, 13, 24, 48, false, true",
    "3, 19, 20, 8, 40, true, false",
    "4, 9, 11, 33, 31, false, true",
  })
  void shouldEqualTheFloatDefinitionOnStreamBlocks(
      long seed, int height, int width, int in, int out, boolean pool, boolean binaryShortcut) {
    // An average that drops the last odd row does not meet the strided convolution's size.
    int evenHeight = pool ? height : height / 2 * 2;
    int evenWidth = pool ? width : width / 2 * 2;
    Lowered lowered =
        compare(
            RandomNets.stream(seed, evenHeight, evenWidth, in, out, pool, binaryShortcut), seed);

    assertThat(lowered.layers()).allMatch(layer -> layer.accelerated());
    assertThat(lowered.layers())
        .filteredOn(layer -> layer.isBinary())
        .hasSize(binaryShortcut ? 4 : 3);
  }

  @Test
  void shouldKeepRealNetworksRealAndSayWhy() {
    Lowered real = compare(RandomNets.real(1, 9, 9, 10), 1);
    assertThat(real.layers()).noneMatch(layer -> layer.accelerated());
    assertThat(real.layers())
        .extracting(layer -> layer.reason())
        .allMatch(reason -> !reason.isEmpty());
  }

  @Test
  void shouldKeepWeightsOnlyAndActivationsOnlyReal() {
    Lowered weights = compare(RandomNets.block(2, 9, 9, 10, WeightType.BINARY, false), 2);
    Lowered activations = compare(RandomNets.block(3, 9, 9, 10, WeightType.FLOAT, true), 3);

    assertThat(weights.layers())
        .extracting(layer -> layer.accelerated())
        .containsExactly(true, false, false, false, false);
    assertThat(activations.layers()).noneMatch(layer -> layer.isBinary());
  }

  @Test
  void shouldComputeRealShortcutsOnPackedConvolutions() {
    Lowered lowered = compare(RandomNets.block(4, 11, 8, 20, WeightType.BINARY, true), 4);

    assertThat(lowered.layers()).filteredOn(layer -> layer.isBinary()).hasSize(3);
    assertThat(lowered.layers()).extracting(layer -> layer.op()).contains("BinaryConv2dFloat");
  }

  private static Lowered compare(ModelGraph graph, long seed) {
    Lowered lowered = Lowering.lower(graph);
    ParityCheck check = new ParityCheck(lowered, List.of(new RealExecutor(graph)));
    check.check(RandomGraph.images(new Random(seed), 3, graph.height(), graph.width()));
    ParityReport report = check.report();
    assertThat(report.layers()).as("seed %d", seed).allMatch(layer -> layer.mismatches() == 0);
    assertThat(report.layers()).as("seed %d", seed).allMatch(layer -> layer.numbers() > 0);
    assertThat(report.bitExact()).isTrue();
    return lowered;
  }
}

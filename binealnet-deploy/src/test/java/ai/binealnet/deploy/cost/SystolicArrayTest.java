package ai.binealnet.deploy.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystolicArrayTest {
  /** 100 pixels, sums of 72 terms, 40 filters. */
  private static final LayerWork BITS = new LayerWork("bits", 72, 40, 100, 800, 1, 1, 0, 1);

  private static final LayerWork BYTES = BITS.at8Bits();

  @ParameterizedTest(name = "{0} {1}: {2} and {3}")
  @CsvSource({
    // 4 x 3 tiles of 32 x 16 results; 62 + 16 to fill and drain; 72 terms, or 5 of 16 bits
    "OS, OVERLAPPED, 942, 138", // 12 72 + 78, 12 5 + 78
    "OS, SEPARATE, 1800, 996", // 12 (72 + 78), 12 (5 + 78)
    // 3 x 3 tiles of weights, 1 x 3 of bits; 100 pixels
    "WS, OVERLAPPED, 978, 378", // 9 100 + 78, 3 100 + 78
    "WS, SEPARATE, 1602, 534", // 9 (100 + 78), 3 (100 + 78)
  })
  void shouldCountTilesAsByHand(Dataflow dataflow, Tiles tiles, long bytes, long bits) {
    SystolicArray array = new SystolicArray(32, 16, dataflow, 1e9, 16, tiles, Units.SEPARATE);

    assertThat(array.computeCycles(BYTES)).isEqualTo(bytes);
    assertThat(array.computeCycles(BITS)).isEqualTo(bits);
  }

  @Test
  void shouldTakeThePassesThatWideNumbersNeed() {
    SystolicArray array = SystolicArray.defaults();
    long eight = array.computeCycles(BYTES);

    assertThat(array.computeCycles(withBits(32, 32))).isEqualTo(16 * eight);
    assertThat(array.computeCycles(withBits(8, 32))).isEqualTo(4 * eight);
    assertThat(array.computeCycles(withBits(1, 8))).isEqualTo(eight);
  }

  private static LayerWork withBits(int input, int weight) {
    return new LayerWork("layer", 72, 40, 100, 800, input, weight, 0, 8);
  }

  @Test
  void shouldMoveEveryByteOnce() {
    LayerWork layer = new LayerWork("layer", 72, 40, 100, 800, 1, 1, 4, 9);
    // weights 72 40 / 8, input 800 / 8, residual 4000 / 2, output 4000 9 / 8
    long bytes = 360 + 100 + 2000 + 4500;

    assertThat(layer.weightBytes() + layer.inputBytes() + layer.outputBytes()).isEqualTo(bytes);
    assertThat(SystolicArray.defaults().withBandwidth(10).memoryCycles(layer)).isEqualTo(696);
    assertThat(SystolicArray.defaults().withBandwidth(0.1).cycles(layer)).isEqualTo(69_600);
  }

  @Test
  void shouldAddUpUnitsOrTakeTheSlowerOne() {
    SystolicArray array = SystolicArray.defaults();
    SystolicArray shared =
        new SystolicArray(32, 32, Dataflow.OS, 32, 16, Tiles.OVERLAPPED, Units.SHARED);
    Cycles cycles = array.cycles(List.of(BITS, BYTES));

    assertThat(cycles.oneBit()).isEqualTo(array.cycles(BITS));
    assertThat(cycles.eightBit()).isEqualTo(array.cycles(BYTES));
    assertThat(cycles.total())
        .isEqualTo(Math.max(cycles.memory(), Math.max(cycles.oneBit(), cycles.eightBit())));
    assertThat(shared.cycles(List.of(BITS, BYTES)).total())
        .isEqualTo(cycles.oneBit() + cycles.eightBit());
  }

  @Test
  void shouldComeCloseToThePublishedRatiosByDefault() {
    assertThat(ratio(Networks.resNet18(1), Networks.biNeal(1.5, 1))).isEqualTo(7, offset(0.3));
    assertThat(ratio(Networks.resNet18(1), Networks.biNeal(2, 1))).isEqualTo(4, offset(0.2));
    assertThat(ratio(Networks.segmenter8Bit(), Networks.segmenterBiNeal(2)))
        .isEqualTo(3.9, offset(0.2));
  }

  @Test
  void shouldFavourBinaryNetworksLessWhereMemoryIsSlow() {
    SystolicArray slow = SystolicArray.defaults().withBandwidth(2);
    long eight = slow.cycles(Networks.resNet18(1).layers()).total();
    long bits = slow.cycles(Networks.biNeal(1.5, 1).layers()).total();

    assertThat((double) eight / bits).isBetween(2.0, 4.0);
  }

  private static double ratio(Network slow, Network fast) {
    SystolicArray array = SystolicArray.defaults();
    return (double) array.cycles(slow.layers()).total() / array.cycles(fast.layers()).total();
  }

  @Test
  void shouldRefuseArraysThatCannotBe() {
    assertThatThrownBy(() -> SystolicArray.defaults().withCells(0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 x 8");
    assertThatThrownBy(() -> SystolicArray.defaults().withBandwidth(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

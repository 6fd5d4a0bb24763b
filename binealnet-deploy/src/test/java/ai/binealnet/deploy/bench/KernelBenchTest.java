package ai.binealnet.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.deploy.bench.KernelBench.Row;
import ai.binealnet.deploy.bench.KernelBench.Shape;
import org.junit.jupiter.api.Test;

class KernelBenchTest {
  @Test
  void shouldTimeEveryFormatOfALayer() throws Exception {
    Row row = KernelBench.measure(new Shape(32, 6, 5, 3), 1, 0.05);

    assertThat(row.shape().gigaMacs()).isEqualTo(32 * 32 * 9 * 30 / 1e9);
    assertThat(row.rounds()).isPositive();
    assertThat(row.gmacs()).containsOnlyKeys("fp32", "int8", "binary");
    assertThat(row.gmacs().values()).allMatch(gmacs -> gmacs > 0 && Double.isFinite(gmacs));
    row.gmacs()
        .forEach(
            (format, median) ->
                assertThat(row.bestGmacs().get(format)).as(format).isGreaterThanOrEqualTo(median));
    assertThat(row.ratio().get("int8"))
        .isEqualTo(row.gmacs().get("binary") / row.gmacs().get("int8"));
  }

  @Test
  void shouldCoverTheLayersOfResNet18InBothWidths() {
    assertThat(KernelBench.standardShapes())
        .hasSize(8)
        .contains(new Shape(64, 56, 56, 3), new Shape(768, 7, 7, 3));
  }

  @Test
  void shouldTellPercentiles() {
    Timings timings = new Timings();
    for (int i = 100; i >= 1; i--) {
      timings.add(i);
    }
    assertThat(timings.percentile(5)).isEqualTo(6);
    assertThat(timings.median()).isEqualTo(50.5);
  }
}

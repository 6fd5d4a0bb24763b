package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.binealnet.deploy.cost.SystolicArray;
import ai.binealnet.deploy.lower.LayerReport;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
  private static JsonNode summary(String... more) {
    List<String> args = new ArrayList<>(List.of("summary", "--json"));
    args.addAll(List.of(more));
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    return run.json();
  }

  @Test
  void shouldCountAFullPrecisionNetwork() {
    JsonNode totals =
        summary("resnet18", "--input", "224x224", "--classes", "1000", "--block", "basic")
            .get("totals");

    assertThat(totals.get("macs").get("32").asLong()).isEqualTo(1_814_073_344L);
    assertThat(totals.get("weights").get("32").asLong()).isEqualTo(11_678_912L);
    assertThat(totals.get("memory_ratio").asDouble()).isEqualTo(1, offset(0.001));
    assertThat(totals.get("binary_macs_share").asDouble()).isZero();
    assertThat(totals.get("cycles").get("int8").asDouble()).isEqualTo(1.98e6, offset(0.01e6));
  }

  @Test
  void shouldAddUpTheLayersOfABinaryNetwork() {
    JsonNode json = summary("resnet20", "--block", "bineal");
    JsonNode totals = json.get("totals");

    for (String key :
        List.of("name", "op", "input_bits", "weight_bits", "macs", "bytes", "reason")) {
      assertThat(json.get("layers")).allMatch(layer -> layer.hasNonNull(key));
    }
    long weights = 0;
    long bytes = 0;
    for (JsonNode layer : json.get("layers")) {
      bytes += layer.get("bytes").asLong();
      if (layer.get("weight_bits").asInt() == 1) {
        weights += layer.get("weights").asLong();
      }
    }
    assertThat(totals.get("bytes").asLong()).isEqualTo(bytes);
    assertThat(totals.get("weights").get("1").asLong()).isEqualTo(weights).isPositive();
    assertThat(totals.get("memory_ratio").asDouble()).isBetween(15.0, 32.0);
    assertThat(totals.get("binary_macs_share").asDouble()).isBetween(0.95, 1.0);
    assertThat(totals.get("cycles").get("binary").asLong())
        .isPositive()
        .isLessThan(totals.get("cycles").get("int8").asLong());
  }

  @Test
  void shouldAdjustTheArray() {
    String[] network = {"resnet8", "--block", "stream"};
    JsonNode normal = summary(network);
    JsonNode other =
        summary(
            "resnet8",
            "--array",
            "8x16",
            "--dataflow",
            "ws",
            "--bandwidth",
            "2.5",
            "--ratio",
            "4",
            "--tiles",
            "separate",
            "--units",
            "shared");

    assertThat(other.get("array").toString())
        .isEqualTo(
            "{\"rows\":8,\"columns\":16,\"dataflow\":\"ws\",\"bandwidth\":2.5,\"ratio\":4,"
                + "\"tiles\":\"separate\",\"units\":\"shared\"}");
    assertThat(cycles(other)).isGreaterThan(2 * cycles(normal));
  }

  private static long cycles(JsonNode summary) {
    return summary.get("totals").get("cycles").get("binary").asLong();
  }

  @Test
  void shouldTakeSettingsOfAnArchitecture() {
    JsonNode large = summary("resnet8", "--block", "bineal");
    JsonNode small = summary("resnet8", "--block", "bineal", "backbone.binary.downSampleKernel=1");

    assertThat(small.get("totals").get("weights").get("1").asLong())
        .isLessThan(large.get("totals").get("weights").get("1").asLong());
    assertThat(Run.of("summary", "samples", "backbone.width=2").code()).isNotZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--array, 0x8",
    "--array, 32",
    "--bandwidth, 0",
    "--bandwidth, NaN",
    "--ratio, 0",
    "--dataflow, rs",
    "--units, three",
  })
  void shouldRefuseArraysThatCannotBe(String option, String value) {
    Run run = Run.of("summary", "resnet8", option, value);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(value);
  }

  @Test
  void shouldPrintATableThatLinesUp() {
    Run run = Run.of("summary", "resnet8", "--block", "bineal");

    assertThat(run.out())
        .contains("432 x 8", "2,304 x 1", "binarized MACs 97.0 %")
        .contains("x smaller", "with every number in 8 bits", "32 x 32 cells, output-stationary");
    List<String> lines = run.out().lines().toList();
    int column = lines.get(0).indexOf("accelerated");
    assertThat(lines.get(1).substring(column)).isEqualTo("yes");
  }

  @Test
  void shouldSayWhyALayerIsNotAccelerated() {
    Run run = Run.of("summary", "resnet8", "--block", "stream", "backbone.binary.scale=AFTER");

    assertThat(run.out()).contains("no: 8-bit weights");
  }

  /** Files of earlier versions hold no geometry. */
  @Test
  void shouldSaySoWhereAFileDoesNotTellItsWeights() {
    LayerReport layer = new LayerReport("conv", "BinaryConv2d", 1, 1, 100, 20, true, "");
    NetworkSummary summary = new NetworkSummary(List.of(layer), List.of());

    assertThat(SummaryTable.of(summary, SystolicArray.defaults())).contains("export it again");
    assertThat(Output.json(summary.json(SystolicArray.defaults()))).contains("\"int8\" : null");
  }
}

package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bench} prints, on the smallest networks, and never how long anything took. */
class BenchTest {
  private static JsonNode succeed(String... args) {
    Run result = Run.of(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result.json();
  }

  @Test
  void shouldMeasureKernels() {
    JsonNode result =
        succeed(
            "bench",
            "kernels",
            "--shapes",
            "32x6x5,64x3x3x1",
            "--threads",
            "1,2",
            "--seconds",
            "0.01",
            "--json");
    assertThat(result.get("rows")).hasSize(4);
    JsonNode row = result.get("rows").get(0);
    assertThat(row.get("channels").asInt()).isEqualTo(32);
    assertThat(row.get("height").asInt()).isEqualTo(6);
    assertThat(row.get("width").asInt()).isEqualTo(5);
    assertThat(row.get("kernel").asInt()).isEqualTo(3);
    assertThat(row.get("threads").asInt()).isEqualTo(1);
    for (String format : List.of("fp32", "int8", "binary")) {
      assertThat(row.get("gmacs").get(format).asDouble()).as(format).isPositive();
    }
    assertThat(row.get("ratio").get("int8").asDouble()).isPositive();
    assertThat(row.get("ratio").get("fp32").asDouble()).isPositive();
    assertThat(result.get("rows").get(3).get("kernel").asInt()).isEqualTo(1);
    assertThat(result.get("rows").get(3).get("threads").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "bineal"})
  void shouldMeasureAnArchitectureBesideItsTwins(String block) {
    JsonNode result = succeed(tiny("--block", block, "--threads", "1,2", "--json"));
    assertThat(result.get("rows")).hasSize(6);
    List<String> kinds = new ArrayList<>();
    for (JsonNode row : result.get("rows")) {
      kinds.add(row.get("kind").asText());
      assertThat(row.get("rounds").asInt()).isEqualTo(2);
      assertThat(row.get("bytes").asLong()).isPositive();
      assertThat(row.get("p05_ms").asDouble()).isPositive();
      assertThat(row.get("median_ms").asDouble())
          .isGreaterThanOrEqualTo(row.get("p05_ms").asDouble());
    }
    assertThat(kinds).containsExactly("binary", "int8", "fp32", "binary", "int8", "fp32");
    assertThat(result.get("rows").get(0).get("width").asDouble()).isEqualTo(0.5);
    assertThat(result.get("rows").get(1).get("width").asDouble()).isEqualTo(1);
    for (String kind : List.of("int8", "fp32")) {
      for (String threads : List.of("1", "2")) {
        assertThat(result.get("ratio").get(kind).get(threads).asDouble()).isPositive();
      }
    }
    assertThat(result.has("profiles")).isFalse();
  }

  @Test
  void shouldTellLayersAndMemory() {
    List<String> args = new ArrayList<>(List.of(tiny("--baseline", "fp32:0.5", "--threads", "1")));
    args.add("--per-layer");
    Run text = Run.of(args.toArray(String[]::new));
    assertThat(text.out())
        .contains("network", "model MB", "binary*", "random weights", "stem.conv", "outside nodes");
    assertThat(text.err()).contains("profiled fp32");
    args.remove("--no-memory");
    args.add("--json");
    JsonNode result = succeed(args.toArray(String[]::new));
    assertThat(result.get("rows").get(0).get("open_ms").asDouble()).isPositive();
    assertThat(result.get("rows").get(0).has("peak_rss_mb")).isTrue();
    assertThat(result.get("profiles")).hasSize(2);
    JsonNode layer = result.get("profiles").get(0).get("layers").get(0);
    assertThat(layer.get("name").asText()).isEqualTo("stem.conv");
    assertThat(layer.get("op").asText()).isNotBlank();
    assertThat(layer.get("median_us").asDouble()).isNotNegative();
    assertThat(layer.get("share").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldNameBaselinesOfOneKindApart() {
    JsonNode ratio =
        succeed(tiny("--baseline", "fp32:1,fp32:0.5,fp32:0.5", "--threads", "1", "--json"))
            .get("ratio");
    assertThat(ratio.fieldNames()).toIterable().containsExactly("fp32", "fp32:0.5", "fp32-2");
  }

  private static String[] tiny(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "bench",
                "--arch",
                "resnet8",
                "--width",
                "0.5",
                "--input",
                "32x32",
                "--classes",
                "5",
                "--rounds",
                "2",
                "--no-memory"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m.onnx --arch resnet8",
        "--arch resnet8 --threads 0",
        "--arch resnet8 --threads two",
        "--arch resnet8 --input big",
        "--arch resnet8 --input 0x32",
        "--arch resnet8 --width 0",
        "--arch resnet8 --width 99",
        "--arch resnet8 --classes 0",
        "--arch resnet8 --block basic",
        "--arch resnet8 --block round",
        "--arch resnet8 --rounds 0",
        "--arch resnet8 --seconds 0",
        "--arch resnet8 --baseline int9",
        "--arch resnet8 --baseline int8:0",
        "--arch resnet8 --baseline int8:wide",
        "--arch resnet8 --baseline binary:1",
        "kernels --threads 0",
        "kernels --seconds -1",
        "kernels --shapes 63x8x8",
        "kernels --shapes 64x8",
        "kernels --shapes 64x8x8x2",
        "kernels --shapes 64x0x8"
      })
  void shouldEndWithTwoForBadUsage(String words) {
    List<String> args = new ArrayList<>(List.of("bench"));
    args.addAll(List.of(words.split(" ")).stream().filter(word -> !word.isEmpty()).toList());
    args.add("--json");
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    for (String part : List.of("what", "expected", "actual", "remedy")) {
      assertThat(run.json().get("error").path(part).asText()).as(part).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--arch resnet9",
        "--arch resnet8 --input 30x31",
        "nowhere.onnx",
        "--arch resnet8 --input 32x32 --baseline nowhere.onnx"
      })
  void shouldFailInFourPartsForWhatIsNotThere(String words) {
    Run run = Run.of(("bench " + words + " --rounds 1 --no-memory").split(" "));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("error: ", "expected:", "actual:", "what to do:")
        .doesNotContain("unexpected");
  }

  @Test
  void shouldDeleteATemporaryFolderWithItsFiles() throws Exception {
    Path path;
    try (TemporaryFolder folder = new TemporaryFolder("binealnet-test-")) {
      path = folder.path();
      java.nio.file.Files.writeString(path.resolve("a"), "a");
    }
    assertThat(path).doesNotExist();
  }
}

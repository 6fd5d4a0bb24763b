package ai.binealnet.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomNets;
import ai.binealnet.deploy.quantize.Calibration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported, never how long it took. */
class ModelBenchTest {
  private static final int SIZE = 12;
  private static final int CHANNELS = 32;

  @TempDir static Path folder;

  private static final Map<String, Path> FILES = new LinkedHashMap<>();

  @BeforeAll
  static void export() {
    FILES.put("binary", folder.resolve("binary.onnx"));
    FILES.put("int8", folder.resolve("int8.onnx"));
    FILES.put("fp32", folder.resolve("fp32.onnx"));
    Exporter.export(
        RandomNets.bineal(1, SIZE, SIZE, CHANNELS, CHANNELS, false),
        ModelKind.BINARY,
        FILES.get("binary"));
    Exporter.exportInt8(
        RandomNets.real(1, SIZE, SIZE, CHANNELS),
        new Calibration(new byte[SIZE * SIZE * 3], 1),
        FILES.get("int8"));
    Exporter.export(RandomNets.real(1, SIZE, SIZE, CHANNELS), ModelKind.FP32, FILES.get("fp32"));
  }

  @Test
  void shouldLetThingsTakeTurns() {
    List<String> order = new ArrayList<>();
    Map<String, Interleaved.Run<RuntimeException>> runs = new LinkedHashMap<>();
    runs.put("a", () -> order.add("a"));
    runs.put("b", () -> order.add("b"));
    Map<String, Timings> times = Interleaved.time(runs, new Rounds(1, 6, 6, 0));
    assertThat(String.join("", order))
        .as("warm-up, two turns")
        .isEqualTo("ab" + "aaaaabbbbb" + "aaabbb");
    assertThat(times.keySet()).containsExactly("a", "b");
    assertThat(times.values()).allMatch(each -> each.count() == 6);
  }

  @Test
  void shouldStopWhenTimeIsUpButNotBeforeTheLeastRounds() {
    Rounds rounds = new Rounds(0, 3, 5, 1);
    assertThat(rounds.goOn(2, 100)).isTrue();
    assertThat(rounds.goOn(3, 0.5)).isTrue();
    assertThat(rounds.goOn(3, 1)).isFalse();
    assertThat(rounds.goOn(5, 0)).isFalse();
    assertThatThrownBy(() -> Rounds.exactly(0)).hasMessageContaining("least");
  }

  @Test
  void shouldTimeEveryFile() {
    Map<String, Timings> times = ModelBench.time(FILES, 1, Rounds.exactly(3));
    assertThat(times.keySet()).containsExactlyElementsOf(FILES.keySet());
    assertThat(times.values()).allMatch(each -> each.count() == 3 && each.median() > 0);
    assertThat(times.values()).allMatch(each -> each.percentile(5) <= each.median());
  }

  @Test
  void shouldRefuseAFileThatIsNoModel() throws Exception {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertThatThrownBy(() -> ModelBench.time(Map.of("text", text), 1, Rounds.exactly(1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("text.onnx");
  }

  @Test
  void shouldProfileEveryKindWithItsMultiplyAccumulates() throws Exception {
    long stem = (long) CHANNELS * CHANNELS * 9 * (SIZE / 2) * (SIZE / 2);
    for (Map.Entry<String, Path> file : FILES.entrySet()) {
      LayerProfile profile = LayerProfile.measure(file.getValue(), 1, 3);
      assertThat(profile.runMicros()).isPositive();
      assertThat(profile.layers().stream().mapToDouble(LayerProfile.Layer::share).sum())
          .isBetween(0.999, 1.001);
      assertThat(profile.layers()).anyMatch(layer -> layer.macs() == stem);
      assertThat(profile.layers())
          .as(file.getKey())
          .allMatch(layer -> layer.macs() > 0 == layer.gmacs() > 0);
    }
    assertThat(folder).isDirectoryNotContaining("glob:**trace*");
  }

  @Test
  void shouldMeasureAFreshProcess() {
    ColdStart start = ColdStart.measure(FILES.get("binary"), 1);
    assertThat(start.openMillis()).isPositive();
    if (start.peakBytes() >= 0) {
      assertThat(start.peakBytes()).isGreaterThanOrEqualTo(start.idleBytes());
      assertThat(start.modelBytes()).isEqualTo(start.peakBytes() - start.idleBytes());
    }
    assertThatThrownBy(() -> ColdStart.measure(folder.resolve("none.onnx"), 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.onnx");
  }
}

package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.classify.Classify;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A binary network beside its full-precision twin, both trained for a moment. */
class ReportTest {
  @TempDir static Path root;

  private static Workbench bench;
  private static Path data;
  private static Path run;
  private static Path twin;
  private static Path out;
  private static JsonNode report;

  @BeforeAll
  static void trainAndReport() throws IOException {
    bench = new Workbench(root);
    data = bench.data("data");
    run = bench.path("run");
    twin = bench.path("twin & co");
    out = bench.path("out");
    String basic = "backbone.block=BASIC";
    succeed(Workbench.tinyTraining(data, run, "training.epochs=1", "--json"));
    succeed(Workbench.tinyTraining(data, twin, "training.epochs=1", basic, "--json"));
    report = succeed(words("report", twin, run, "-o", out, "--seconds", "0.01", "--json"));
  }

  @AfterEach
  void shouldLeaveNothingHalfWritten() throws IOException {
    assertThat(bench.leftovers()).isEmpty();
    assertThat(bench.path("new")).doesNotExist();
  }

  private static String[] words(Object... words) {
    return Arrays.stream(words).map(Object::toString).toArray(String[]::new);
  }

  private static JsonNode succeed(String... args) {
    Run result = Run.of(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result.json();
  }

  /** A report that takes little time, with more words. */
  private static Run quick(Object... more) {
    Stream<Object> fixed =
        Stream.of("report", "--seconds", "0.01", "--threads", "1", "--no-memory");
    return Run.of(words(Stream.concat(fixed, Stream.of(more)).toArray()));
  }

  private static void fail(int code, Run run, String... parts) {
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("error: ", "expected:", "actual:", "what to do:");
    assertThat(run.err()).contains(parts).doesNotContain("unexpected");
  }

  private static JsonNode model(JsonNode report, String kind) {
    for (JsonNode model : report.get("models")) {
      if (model.get("kind").asText().equals(kind)) {
        return model;
      }
    }
    throw new AssertionError("no " + kind + " in " + report);
  }

  @Test
  void shouldMeasureWhatExportAndEvalGive() throws IOException {
    assertThat(report.get("models")).hasSize(3);
    for (ModelKind kind : List.of(ModelKind.FP32, ModelKind.INT8, ModelKind.BINARY)) {
      Path source = kind == ModelKind.BINARY ? run : twin;
      Path file = bench.path(kind.label() + ".onnx");
      succeed(words("export", source, "-o", file, "--kind", kind.label(), "--json"));
      JsonNode eval = succeed(words("eval", file, "--data", data, "--json"));
      JsonNode model = model(report, kind.label());
      assertThat(model.get("name").asText()).isEqualTo(kind.label() + " x0.5");
      assertThat(model.get("metrics")).isEqualTo(eval.get("metrics"));
      assertThat(model.get("bytes").asLong()).isEqualTo(Files.size(file));
      assertThat(model.get("source").asText()).isEqualTo(source.getFileName().toString());
    }
    assertThat(report.get("data").get("images").asInt()).isEqualTo(Workbench.TEST);
  }

  @Test
  void shouldCalibrateAsExportDoes() throws IOException {
    Path file = bench.path("percentile.onnx");
    String method = "--calibration=entropy";
    succeed(words("export", twin, "-o", file, "--kind", "int8", method, "--json"));
    JsonNode eval = succeed(words("eval", file, "--data", data, "--json"));
    Path folder = bench.path("calibrated");
    Run calibrated = quick(twin, method, "-o", folder, "--json");
    assertThat(calibrated.code()).as(calibrated.err()).isZero();
    assertThat(model(calibrated.json(), "int8").get("metrics"))
        .isEqualTo(eval.get("metrics"))
        .isNotEqualTo(model(report, "int8").get("metrics"));
  }

  @Test
  void shouldTellTimesAndMemoryOfEveryModel() {
    for (JsonNode model : report.get("models")) {
      assertThat(model.get("latency")).hasSize(2);
      for (JsonNode latency : model.get("latency")) {
        double low = latency.get("p05_ms").asDouble();
        assertThat(low).isPositive();
        assertThat(latency.get("median_ms").asDouble()).isGreaterThanOrEqualTo(low);
      }
      assertThat(model.get("open_ms").asDouble()).isPositive();
      assertThat(model.has("peak_rss_mb")).isTrue();
      assertThat(model.get("timed_at").asText()).isEqualTo("32x32");
    }
    assertThat(report.get("machine").get("kernels").asText()).isNotBlank();
  }

  @Test
  void shouldWriteTheSameFiguresAsItPrints() throws IOException {
    ObjectNode printed = report.deepCopy();
    printed.remove("files");
    assertThat(new ObjectMapper().readTree(out.resolve("report.json").toFile())).isEqualTo(printed);
    assertThat(report.get("files")).hasSize(3);
  }

  @Test
  void shouldWriteAPageThatNeedsNoOtherFile() throws IOException {
    byte[] png = Files.readAllBytes(out.resolve("report.png"));
    assertThat(out.resolve("report.html"))
        .content()
        .contains("data:image/png;base64," + Base64.getEncoder().encodeToString(png))
        .contains(">fp32 x0.5<", ">int8 x0.5<", ">binary x0.5<", ">twin &amp; co<", "kernels: ")
        .doesNotContain("http", root.toString());
  }

  @Test
  void shouldDrawEveryModel() throws IOException {
    BufferedImage image = ImageIO.read(out.resolve("report.png").toFile());
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    assertThat(Arrays.stream(pixels).filter(pixel -> pixel != 0xffffffff).count())
        .isGreaterThan(5000);
  }

  @Test
  void shouldCompareAModelFileOnSomePicturesAsATable() {
    Path file = bench.path("given.onnx");
    succeed(words("export", run, "-o", file, "--json"));
    Run table = quick(run, file, "--limit", "7", "--force");
    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out())
        .contains("binary x0.5 run", "binary x0.5 given.onnx", "7 of 40 test pictures")
        .doesNotContain("peak MB");
    assertThat(table.err()).contains("5/5  "); // 2 prepared, 2 judged, timed
    assertThat(run.resolve("report/report.html")).isNotEmptyFile();
  }

  @Test
  void shouldReportBesideAnExportedFile() throws IOException {
    Path file = bench.path("beside.onnx");
    JsonNode json =
        succeed(words("export", run, "-o", file, "--report", "--seconds", "0.01", "--json"));
    JsonNode model = json.get("report").get("models").get(0);
    assertThat(model.get("bytes").asLong()).isEqualTo(Files.size(file));
    for (String end : List.of("html", "png", "json")) {
      assertThat(bench.path("beside.report." + end)).isNotEmptyFile();
    }
    Files.delete(file);
    fail(1, Run.of(words("export", run, "-o", file, "--report")), "beside.report", "--force");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldRefuseWhatCannotBeCompared() throws IOException {
    Path untrained = bench.copy(run, "untrained");
    Files.delete(untrained.resolve("checkpoint/state.json"));
    fail(1, quick(run, untrained, "-o", bench.path("new")), "untrained");

    fail(1, quick(run, "--turns", "8", "-o", bench.path("new")), "--turns is for matching");
    fail(1, quick(run, "--input", "64x64", "-o", bench.path("new")), "64", "32");

    Path bare = bench.path("bare.onnx");
    Exporter.export(Classify.RUNS.load(run).graph().withMetadata(Map.of()), ModelKind.FP32, bare);
    fail(1, quick(run, bare, "-o", bench.path("new")), "bare.onnx", "no entry task");

    Path other = edited("other", "\"dataHash\" : \"sha256:", "\"dataHash\" : \"sha256:0");
    fail(1, quick(run, other, "-o", bench.path("new")), "not trained on the same data");
    Path classes = edited("classes", "\"airplane\"", "\"aeroplane\"");
    fail(1, quick(run, classes, "-o", bench.path("new")), "not trained on the same classes");
    fail(1, quick(classes, "-o", bench.path("new")), "does not fit", "aeroplane");
  }

  private static Path edited(String name, String from, String to) throws IOException {
    Path copy = bench.copy(run, name);
    Path info = copy.resolve("run.json");
    Files.writeString(info, Files.readString(info).replace(from, to));
    return copy;
  }

  @Test
  void shouldRefuseMissingData() throws IOException {
    Path moved = edited("moved", data.toString(), bench.name("gone"));
    fail(1, quick(moved, "-o", bench.path("new")), "data folder not found", "gone", "--data");
    assertThat(quick(moved, "-o", bench.path("found"), "--data", data).code()).isZero();
    Path file = bench.path("alone.onnx");
    succeed(words("export", run, "-o", file, "--json"));
    fail(1, quick(file, "-o", bench.path("new")), "no data to judge", "--data DIR");
  }

  @Test
  void shouldRefuseOutputsThatCannotBeUsed() throws IOException {
    byte[] before = Files.readAllBytes(out.resolve("report.html"));
    fail(1, quick(run, "-o", out), "report.html", "--force");
    assertThat(Files.readAllBytes(out.resolve("report.html"))).isEqualTo(before);
    fail(1, quick(run, "-o", out.resolve("report.png")), "report.png");
    fail(1, quick(run, "-o", bench.path("new/er")), "no such folder");
  }

  @Test
  void shouldEndWithTwoForBadUsage() {
    Path file = bench.path("first.onnx");
    succeed(words("export", run, "-o", file, "--json"));
    fail(2, quick(file, run), "-o DIR");
    fail(2, quick(run, "--limit", "0"), "--limit");
    fail(2, quick(), "RUN|MODEL.onnx");
  }
}

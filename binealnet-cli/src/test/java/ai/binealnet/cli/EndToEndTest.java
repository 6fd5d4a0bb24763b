package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From pictures to predictions through the command line only. */
class EndToEndTest {
  @TempDir static Path root;

  private static Workbench bench;
  private static Path data;
  private static Path run;
  private static Path model;
  private static JsonNode trained;
  private static JsonNode exported;

  @BeforeAll
  static void trainAndExport() throws IOException {
    bench = new Workbench(root);
    data = bench.data("data");
    run = bench.path("run");
    model = bench.path("m.onnx");
    trained = succeed(Workbench.tinyTraining(data, run, "--json"));
    exported = succeed("export", run.toString(), "-o", model.toString(), "--json");
  }

  private static JsonNode succeed(String... args) {
    Run result = Run.of(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result.json();
  }

  @Test
  void shouldLeaveACompleteRunFolder() {
    assertThat(trained.get("run").asText()).isEqualTo(run.toString());
    assertThat(trained.get("epochs").asInt()).isEqualTo(2);
    assertThat(trained.get("metrics").get("top1").asDouble()).isBetween(0.0, 1.0);
    assertThat(run)
        .isDirectoryContaining("glob:**/config.yaml")
        .isDirectoryContaining("glob:**/run.json")
        .isDirectoryContaining("glob:**/metrics.csv")
        .isDirectoryContaining("glob:**/curves.png")
        .isDirectoryContaining("glob:**/summary.txt");
    assertThat(run.resolve("pictures/confusion.png")).isNotEmptyFile();
    assertThat(run.resolve("pictures/confusion.csv")).content().startsWith("true\\predicted,");
  }

  @Test
  void shouldRepeatATrainingByteForByte() throws IOException {
    succeed(Workbench.tinyTraining(data, bench.path("again"), "--json"));
    assertThat(Workbench.weights(bench.path("again"))).isEqualTo(Workbench.weights(run));
  }

  @Test
  void shouldReportWhatItExported() throws IOException {
    assertThat(exported.get("kind").asText()).isEqualTo("binary");
    assertThat(exported.get("bytes").asLong()).isEqualTo(Files.size(model));
    assertThat(exported.get("binary_layers").asInt()).isEqualTo(8);
    assertThat(exported.get("layers").asInt()).isEqualTo(10);
    assertThat(exported.get("not_accelerated")).isEmpty();
  }

  @Test
  void shouldExportAndEvaluateInFloat32() {
    String fp32 = bench.name("fp32.onnx");
    JsonNode report = succeed("export", run.toString(), "-o", fp32, "--kind", "fp32", "--json");
    assertThat(report.get("kind").asText()).isEqualTo("fp32");
    JsonNode result = succeed("eval", fp32, "--data", data.toString(), "--json");
    assertThat(result.get("kind").asText()).isEqualTo("fp32");
  }

  @Test
  void shouldExportWithARealFirstAndLastLayer() {
    String real = bench.name("real-ends.onnx");
    JsonNode report =
        succeed("export", run.toString(), "-o", real, "--kind", "fp32", "--real-ends", "--json");
    assertThat(report.get("layers").asInt()).isEqualTo(10);
    JsonNode result = succeed("eval", real, "--data", data.toString(), "--json");
    assertThat(result.get("metrics").get("top1").asDouble())
        .isEqualTo(trained.get("metrics").get("top1").asDouble(), within(0.05));
  }

  @Test
  void shouldStartFromExportedWeights() throws IOException {
    Path weights = bench.path("backbone.safetensors");
    JsonNode report =
        succeed("export", run.toString(), "-o", weights.toString(), "--kind", "weights", "--json");
    assertThat(report.get("bytes").asLong())
        .isEqualTo(Files.size(weights))
        .isLessThan(Workbench.weights(run).length / 2);
    JsonNode again =
        succeed(
            Workbench.tinyTraining(
                data,
                bench.path("warm"),
                "--init-backbone",
                weights.toString(),
                "training.epochs=1",
                "--json"));
    assertThat(again.get("metrics").get("train_loss").asDouble())
        .isLessThan(trained.get("metrics").get("train_loss").asDouble());
  }

  @Test
  void shouldExportAndEvaluateInQonnxForm() {
    String qonnx = bench.name("qonnx.onnx");
    JsonNode report = succeed("export", run.toString(), "-o", qonnx, "--kind", "qonnx", "--json");
    assertThat(report.get("kind").asText()).isEqualTo("qonnx");
    JsonNode result = succeed("eval", qonnx, "--data", data.toString(), "--json");
    assertThat(result.get("metrics").get("top1").asDouble())
        .isEqualTo(trained.get("metrics").get("top1").asDouble(), within(0.05));
    assertThat(succeed("summary", qonnx, "--json").get("layers")).hasSize(10);
  }

  @Test
  void shouldMeasureTheSameWithTheRunAndWithTheModel() {
    JsonNode ofRun = succeed("eval", run.toString(), "--data", data.toString(), "--json");
    JsonNode ofModel = succeed("eval", model.toString(), "--data", data.toString(), "--json");
    assertThat(ofRun.get("images").asInt()).isEqualTo(Workbench.TEST);
    assertThat(ofModel.get("metrics")).isEqualTo(ofRun.get("metrics"));
    assertThat(ofModel.get("metrics").get("top1").asDouble())
        .isEqualTo(trained.get("metrics").get("top1").asDouble());
    JsonNode held =
        succeed("eval", model.toString(), "--data", data.toString(), "--split", "val", "--json");
    assertThat(held.get("images").asInt()).isPositive().isNotEqualTo(Workbench.TEST);
  }

  @Test
  void shouldVerifyBitForBitWithTheRun() {
    JsonNode report =
        succeed(
            "verify",
            model.toString(),
            "--run",
            run.toString(),
            "--data",
            data.toString(),
            "--json");
    assertThat(report.get("bit_exact").asBoolean()).isTrue();
    assertThat(report.get("mismatches").asInt()).isZero();
    assertThat(report.get("images").asInt()).isEqualTo(Workbench.TEST);
    assertThat(report.get("implementations").toString())
        .contains("training", "reference", "onnxruntime");
  }

  @Test
  void shouldVerifyAModelByItself() throws IOException {
    Path alone = Files.createDirectories(bench.path("device")).resolve("m.onnx");
    Files.copy(model, alone);
    JsonNode report = succeed("verify", alone.toString(), "--json");
    assertThat(report.get("bit_exact").asBoolean()).isTrue();
    assertThat(report.get("run").isNull()).isTrue();
  }

  @Test
  void shouldPredictPictures() {
    String picture = bench.picture("a.png", 32, 32).toString();
    String large = bench.picture("b.png", 50, 70).toString();
    JsonNode result =
        succeed(
            "predict",
            model.toString(),
            picture,
            large,
            "--resize",
            "-o",
            bench.name("out"),
            "--json");
    JsonNode first = result.get("predictions").get(0);
    assertThat(first.get("image").asText()).isEqualTo(picture);
    assertThat(first.get("candidates")).hasSize(5);
    assertThat(first.get("candidates").get(0).get("probability").asDouble()).isBetween(0.1, 1.0);
    assertThat(Path.of(result.get("pictures").get(0).asText())).isNotEmptyFile();
    assertThat(bench.path("out").resolve("predictions.json")).isNotEmptyFile();
  }

  @Test
  void shouldSummarizeRunsModelsAndArchitectures() {
    JsonNode ofRun = succeed("summary", run.toString(), "--json");
    JsonNode ofModel = succeed("summary", model.toString(), "--json");
    assertThat(ofModel).isEqualTo(ofRun);
    JsonNode large = succeed("summary", "resnet18", "--input", "224x224", "--json");
    long macs = 0;
    for (JsonNode bits : large.get("totals").get("macs")) {
      macs += bits.asLong();
    }
    assertThat(macs)
        .isBetween(1_600_000_000L, 1_900_000_000L); // 1.814 G published, 1x1 skips apart
  }

  @Test
  void shouldStartABackboneFromAnotherRun() throws IOException {
    Path out = bench.path("from");
    succeed(Workbench.tinyTraining(data, out, "--init-backbone", run.toString(), "--json"));
    assertThat(Workbench.weights(out)).isNotEqualTo(Workbench.weights(run));
    Run other =
        Run.of(
            Workbench.tinyTraining(
                data, bench.path("no"), "--init-backbone", run.toString(), "backbone.width=1"));
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("same network, width, block and stem");
    assertThat(bench.path("no")).doesNotExist();
  }

  @Test
  void shouldTimeTrainingSteps() {
    JsonNode result =
        succeed(
            "bench",
            "train",
            "--network",
            "resnet8",
            "--width",
            "0.5",
            "--batch",
            "8",
            "--steps",
            "4",
            "--json");
    assertThat(result.get("step_seconds").get("median").asDouble())
        .isGreaterThanOrEqualTo(result.get("step_seconds").get("min").asDouble());
    assertThat(result.get("sgemm_gmacs").asDouble()).isPositive();
    assertThat(result.get("gmacs").asDouble()).isPositive();
  }

  @Test
  void shouldTimeARunAndAModelBesideTheirTwins() {
    String other = bench.name("baseline.onnx");
    succeed("export", run.toString(), "-o", other, "--kind", "fp32", "--json");
    for (String subject : new String[] {run.toString(), model.toString()}) {
      String[] args = {
        "bench",
        subject,
        "--baseline",
        "fp32:0.5," + other,
        "--rounds",
        "2",
        "--no-memory",
        "--json"
      };
      JsonNode result = succeed(args);
      assertThat(result.get("rows").get(0).get("kind").asText()).isEqualTo("binary");
      assertThat(result.get("rows").get(0).get("width").asDouble()).isEqualTo(0.5);
      assertThat(result.get("ratio").fieldNames()).toIterable().containsExactly("fp32", "fp32:0.5");
    }
  }

  @Test
  void shouldCheckTheData() {
    JsonNode report = succeed("data", "check", data.toString(), "--json");
    assertThat(report.get("ok").asBoolean()).isTrue();
    assertThat(report.get("format").asText()).isEqualTo("cifar");
    assertThat(report.get("classes")).hasSize(10);
  }
}

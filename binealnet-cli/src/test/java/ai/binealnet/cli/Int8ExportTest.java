package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.decode.ImageClassifier;
import ai.binealnet.core.data.Image;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.quantize.Calibration;
import ai.binealnet.deploy.runtime.Predictor;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 8-bit form of a full-precision network, trained for a moment on real pictures. */
class Int8ExportTest {
  @TempDir static Path root;

  private static Workbench bench;
  private static Path data;
  private static Path run;
  private static Path fp32;
  private static Path int8;
  private static JsonNode exported;

  @BeforeAll
  static void trainAndExport() throws IOException {
    bench = new Workbench(root);
    data = bench.data("data");
    run = bench.path("run");
    fp32 = bench.path("fp32.onnx");
    int8 = bench.path("int8.onnx");
    succeed(Workbench.tinyTraining(data, run, "backbone.block=BASIC", "--json"));
    succeed("export", run.toString(), "-o", fp32.toString(), "--kind", "fp32", "--json");
    exported = succeed("export", run.toString(), "-o", int8.toString(), "--kind", "int8", "--json");
  }

  private static JsonNode succeed(String... args) {
    Run result = Run.of(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result.json();
  }

  private static String fail(int code, String... args) {
    Run result = Run.of(args);
    assertThat(result.code()).as(result.out()).isEqualTo(code);
    return result.err();
  }

  @Test
  void shouldReportEveryLayerInEightBits() {
    assertThat(exported.get("kind").asText()).isEqualTo("int8");
    assertThat(exported.get("layers").asInt()).isEqualTo(10);
    assertThat(exported.get("not_accelerated")).isEmpty();
  }

  @Test
  void shouldBeAsAccurateAsFloat() {
    double exact = top1(fp32);
    assertThat(top1(int8)).isBetween(exact - 0.02, exact + 0.02);
  }

  private static double top1(Path model) {
    String samples = Home.samples("cifar10").toString();
    JsonNode result = succeed("eval", model.toString(), "--data", samples, "--json");
    return result.get("metrics").get("top1").asDouble();
  }

  @Test
  void shouldReturnNearlyTheSameLogitsForRealPictures() {
    ClassificationData samples = ClassificationData.open(data);
    Stream<Image> pictures =
        IntStream.range(0, Workbench.TEST).mapToObj(i -> samples.test().get(i).image());
    var images = pictures.toList();
    double signal = 0;
    double noise = 0;
    try (Predictor exact = Predictor.open(fp32, 1);
        Predictor quantized = Predictor.open(int8, 1)) {
      float[] expected = ImageClassifier.of(exact).logits(images);
      float[] actual = ImageClassifier.of(quantized).logits(images);
      for (int i = 0; i < expected.length; i++) {
        signal += expected[i] * expected[i];
        noise += Math.pow(actual[i] - expected[i], 2);
      }
    }
    assertThat(10 * Math.log10(signal / noise)).as("decibels").isGreaterThan(25);
  }

  @Test
  void shouldTakeAnyMethodAndNumberOfPictures() {
    for (String method : new String[] {"min-max", "percentile", "entropy"}) {
      Path file = bench.path(method + ".onnx");
      succeed(int8(run, file, "--calibration", method, "--calibration-images", "20", "--json"));
      try (ExportedClassifier model = new ExportedClassifier(file, 1)) {
        assertThat(model.kind()).isEqualTo("int8");
      }
    }
  }

  @Test
  void shouldSayWhenTheDataIsNotThatOfTheTraining() {
    String samples = Home.samples("cifar10").toString();
    Run result = Run.of(int8(run, bench.path("other.onnx"), "--data", samples));
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("not the data that the network was trained on");
  }

  @Test
  void shouldRefuseABinaryNetwork() {
    Path binary = bench.path("binary");
    succeed(Workbench.tinyTraining(data, binary, "training.epochs=1", "--json"));
    assertThat(fail(1, int8(binary, bench.path("no.onnx")))).contains("backbone.block=BASIC");
  }

  @Test
  void shouldRefuseBadSettings() {
    Path file = bench.path("no.onnx");
    assertThat(fail(2, int8(run, file, "--calibration", "best"))).contains("min-max");
    assertThat(fail(2, int8(run, file, "--calibration-images", "0"))).contains("at least 1");
    assertThat(fail(1, int8(run, file, "--data", bench.name("none")))).contains("not found");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldNotPromiseBits() {
    assertThat(fail(1, "verify", int8.toString())).contains("kind binary", "binealnet eval");
  }

  @Test
  void shouldSayWhatIsMissingInAModelWithoutMetadata() {
    Path bare = bench.path("bare.onnx");
    Exporter.exportInt8(
        Classify.RUNS.load(run).graph().withMetadata(Map.of()),
        new Calibration(new byte[32 * 32 * 3], 1),
        bare);
    assertThat(fail(1, "eval", bare.toString(), "--data", data.toString()))
        .contains("bare.onnx", "no entry task", "export it again");
  }

  private static String[] int8(Path run, Path file, String... more) {
    Stream<String> fixed =
        Stream.of("export", run.toString(), "-o", file.toString(), "--kind", "int8");
    return Stream.concat(fixed, Stream.of(more)).toArray(String[]::new);
  }
}

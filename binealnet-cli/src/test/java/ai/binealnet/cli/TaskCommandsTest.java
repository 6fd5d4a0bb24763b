package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands for the tasks beside classification, each the whole way on samples. */
class TaskCommandsTest {
  @TempDir private Path dir;

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private static String sample(String name) {
    return Home.samples(name).toString();
  }

  private static JsonNode json(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--json");
    Run run = Run.of(all.toArray(String[]::new));
    assertThat(run.code()).as("%s%n%s%n%s", all, run.out(), run.err()).isZero();
    return run.json();
  }

  /** Trains, exports, judges, verifies, measures and reports; leaves {@code model.onnx}. */
  private void wholeWay(String task, String data, String metric, String... settings) {
    List<String> train =
        new ArrayList<>(List.of("train", task, "--data", sample(data), "--out", path("run")));
    train.add("training.epochs=1");
    train.addAll(List.of(settings));
    JsonNode trained = json(train.toArray(String[]::new));
    assertThat(trained.at("/metrics/" + metric).isNumber()).isTrue();

    JsonNode exported = json("export", path("run"), "-o", path("model.onnx"));
    assertThat(exported.get("kind").asText()).isEqualTo("binary");
    assertThat(exported.get("binary_layers").asInt()).isGreaterThan(3);
    assertThat(exported.get("not_accelerated")).isEmpty();

    JsonNode judged =
        json("eval", path("model.onnx"), "--data", sample(data), "--pictures", path("judged"));
    assertThat(judged.get("task").asText()).isEqualTo(task);
    assertThat(judged.at("/metrics/" + metric).asDouble())
        .isEqualTo(trained.at("/metrics/" + metric).asDouble());
    assertThat(PictureFiles.in(dir.resolve("judged"))).isNotEmpty();

    JsonNode verified = json("verify", path("model.onnx"), "--run", path("run"), "--images", "1");
    assertThat(verified.get("bit_exact").asBoolean()).isTrue();

    JsonNode timed =
        json("bench", path("model.onnx"), "--rounds", "2", "--threads", "1", "--no-memory");
    assertThat(timed.at("/ratio/int8/1").asDouble()).isPositive();
    assertThat(json("summary", path("run")).get("layers").size()).isGreaterThan(5);
    JsonNode checked = json("data", "check", sample(data), "--task", task);
    assertThat(checked.get("ok").asBoolean()).isTrue();
    assertThat(checked.get("trainable").asBoolean()).isTrue();
  }

  private JsonNode predicted(String... pictures) {
    List<String> args = new ArrayList<>(List.of("predict", path("model.onnx")));
    args.addAll(List.of(pictures));
    args.addAll(List.of("-o", path("out")));
    JsonNode result = json(args.toArray(String[]::new));
    assertThat(dir.resolve("out/predictions.json")).isNotEmptyFile();
    result.get("pictures").forEach(p -> assertThat(Path.of(p.asText())).isNotEmptyFile());
    return result;
  }

  @Test
  void shouldDetect() {
    wholeWay(
        "detect",
        "detection/bccd",
        "mAP50",
        "backbone.width=0.25",
        "input.height=96",
        "input.width=128",
        "training.batch=1");
    JsonNode result = predicted(sample("detection/bccd/JPEGImages"));
    assertThat(result.get("pictures")).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void shouldSegment() {
    wholeWay(
        "segment",
        "segmentation/camvid",
        "mIoU",
        "backbone.width=0.25",
        "head.channels=32",
        "input.height=96",
        "input.width=128",
        "augment.cropHeight=64",
        "augment.cropWidth=64",
        "training.batch=2");
    JsonNode result = predicted(sample("segmentation/camvid/test"));
    assertThat(result.get("pictures")).hasSize(2); // colours and labels
    assertThat(result.at("/predictions/0/classes")).isNotEmpty();
  }

  @Test
  void shouldEnlarge() {
    wholeWay(
        "superres",
        "super-resolution",
        "psnr_y",
        "network.blocks=2",
        "network.channels=16",
        "augment.perPicture=2",
        "training.batch=4");
    JsonNode result = predicted(sample("super-resolution/set5/HR"));
    assertThat(result.get("pictures")).hasSize(6); // enlarged and compared
    assertThat(result.at("/predictions/0/scale").asInt()).isEqualTo(2);
  }

  @Test
  void shouldMatch() {
    wholeWay(
        "match",
        ".",
        "mma3",
        "network.width=0.25",
        "input.height=64",
        "input.width=64",
        "training.batch=1",
        "pairs.perPicture=1");
    String graf = sample("matching/oxford-affine/graf");
    JsonNode result = predicted(graf + "/img1.png", graf + "/img2.png");
    assertThat(result.at("/predictions/first/key_points")).isNotEmpty();
    assertThat(result.at("/predictions/first/descriptor_type").asText()).isEqualTo("float32");
    JsonNode bits =
        json(
            "predict",
            path("model.onnx"),
            graf + "/img1.png",
            graf + "/img2.png",
            "--binary-descriptors",
            "-o",
            path("bits"));
    assertThat(bits.at("/predictions/first/key_points"))
        .isEqualTo(result.at("/predictions/first/key_points"));
    assertThat(bits.at("/predictions/first/descriptor_type").asText()).isEqualTo("bits");

    Run held = Run.of("eval", path("model.onnx"), "--data", sample("."), "--split", "val");
    assertThat(held.code()).isEqualTo(1);
    assertThat(held.err()).contains("validation pictures");

    Run alone = Run.of("predict", path("model.onnx"), graf + "/img1.png", "-o", path("no"));
    assertThat(alone.code()).isEqualTo(1);
    assertThat(alone.err()).contains("exactly two");
    assertThat(Files.exists(dir.resolve("no"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"match,matching", "superres,super-resolution/set5"})
  void shouldSayThatThereIsNothingToTrainOn(String task, String data) {
    JsonNode checked = json("data", "check", sample(data), "--task", task);
    assertThat(checked.get("ok").asBoolean()).isTrue();
    assertThat(checked.get("trainable").asBoolean()).isFalse();
    Run run = Run.of("data", "check", sample(data), "--task", task);
    assertThat(run.out()).contains("for eval only").doesNotContain("fit for training");
  }
}

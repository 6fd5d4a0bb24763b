package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.HorizontalFlip;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.decode.CenterDecoder;
import ai.binealnet.detect.decode.Detection;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorOptionsTest {
  private static final String DETECTOR = "centernet18-x0.5-bccd";

  @TempDir private Path dir;

  private static Path bccd() {
    return Home.samples("detection").resolve("bccd");
  }

  @Test
  void shouldSeeTheSameInAPictureAndInItsMirrorImage() {
    Image image = DetectionData.open(bccd()).test().get(0).image();
    CenterDecoder decoder = new CenterDecoder(12, 0);
    try (ExportedDetector detector = new ExportedDetector(Zoo.find(DETECTOR, ".onnx"), 1)) {
      List<Detection> once = detector.detector(decoder).detect(image);
      assertThat(detector.detector(decoder).detect(HorizontalFlip.mirror(image)))
          .as("a network is not symmetric by itself")
          .extracting(Detection::score)
          .isNotEqualTo(once.stream().map(Detection::score).toList());
      detector.flipTest();

      List<Detection> straight = detector.detector(decoder).detect(image);
      List<Detection> mirrored = detector.detector(decoder).detect(HorizontalFlip.mirror(image));

      assertThat(straight).isNotEqualTo(once).hasSameSizeAs(mirrored);
      for (int i = 0; i < straight.size(); i++) {
        assertThat(mirrored.get(i).score()).isCloseTo(straight.get(i).score(), within(1e-6));
        assertThat(mirrored.get(i).label()).isEqualTo(straight.get(i).label());
        assertThat(mirrored.get(i).box().height())
            .isCloseTo(straight.get(i).box().height(), within(8.0));
      }
    }
  }

  @Test
  void shouldPredictAndJudgeWithIt() {
    Path picture = dir.resolve("cells.png");
    ImageFiles.writePng(DetectionData.open(bccd()).test().get(0).image(), picture);
    String out = dir.resolve("out").toString();

    Run predicted = Run.of("predict", DETECTOR, picture.toString(), "-o", out, "--flip-test");
    String file = Zoo.find(DETECTOR, ".onnx").toString();
    Run judged = Run.of("eval", file, "--data", bccd().toString(), "--flip-test", "--json");

    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(judged.code()).as(judged.err()).isZero();
    assertThat(judged.json().at("/metrics/mAP50").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void shouldReportBoxesOfAskedScores() {
    Path picture = dir.resolve("cells.png");
    ImageFiles.writePng(DetectionData.open(bccd()).test().get(0).image(), picture);

    List<Double> few = scores(picture, "0.4");
    List<Double> more = scores(picture, "0.1");

    assertThat(few).isNotEmpty().allMatch(score -> score >= 0.4);
    assertThat(more).hasSizeGreaterThan(few.size()).allMatch(score -> score >= 0.1);
    Run refused =
        Run.of("predict", DETECTOR, picture.toString(), "-o", dir + "/x", "--min-score", "30");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("a number from 0 to 1");
  }

  private List<Double> scores(Path picture, String minScore) {
    String out = dir.resolve("score-" + minScore).toString();
    Run run =
        Run.of(
            "predict", DETECTOR, picture.toString(), "-o", out, "--min-score", minScore, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    return run.json().findValues("score").stream().map(JsonNode::asDouble).toList();
  }

  @Test
  void shouldBeRefusedByOtherTasks() {
    Path picture = dir.resolve("grey.png");
    ImageFiles.writePng(new Image(32, 32, 3, new byte[32 * 32 * 3]), picture);

    Run result =
        Run.of(
            "predict",
            "resnet14-x4-cifar10",
            picture.toString(),
            "-o",
            dir.resolve("out").toString(),
            "--flip-test");

    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("--flip-test is for detectors");
    assertThat(dir.resolve("out")).doesNotExist();
  }
}

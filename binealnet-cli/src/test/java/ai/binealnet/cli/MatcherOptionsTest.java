package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatcherOptionsTest {
  private static final String MATCHER = "r2d2-x1";
  private static final double ANGLE = Math.toRadians(130); // far beyond those of the training

  @TempDir private Path dir;

  private final Image picture =
      ImageFiles.resize(
          MatchData.open(Home.samples("matching")).test().get(0).pictures().get(0).get(), 200, 250);
  private final Turn turn = Turn.of(200, 250, ANGLE, 0.5);

  private Run predict(String out, String... options) {
    Path first = dir.resolve("first.png");
    Path second = dir.resolve("second.png");
    ImageFiles.writePng(picture, first);
    ImageFiles.writePng(turn.apply(picture), second);
    List<String> arguments =
        new ArrayList<>(List.of("predict", MATCHER, first.toString(), second.toString()));
    arguments.addAll(List.of("-o", dir.resolve(out).toString(), "--json"));
    arguments.addAll(List.of(options));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static int agreeing(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    return run.json().at("/predictions/inliers").size();
  }

  @Test
  void shouldFindThePictureTurnedAndReduced() {
    Run upright = predict("upright");
    Run turned = predict("turned", "--turns", "8");
    Run binary = predict("binary", "--turns", "8", "--binary-descriptors");

    assertThat(agreeing(turned)).isGreaterThan(5 * agreeing(upright)).isGreaterThan(60);
    assertThat(agreeing(binary)).isGreaterThan(60);
    JsonNode rows = turned.json().at("/predictions/homography");
    double[] found = new double[9];
    for (int i = 0; i < 9; i++) {
      found[i] = rows.at("/" + i / 3 + "/" + i % 3).asDouble();
    }
    assertThat(new Homography(found).cornerError(turn.map(), 200, 250)).isLessThan(2);
  }

  @Test
  void shouldRefuseNumbersOfAnglesThatMakeNoSense() {
    for (String count : List.of("0", "37")) {
      Run run = predict("out", "--turns", count);

      assertThat(run.code()).isNotZero();
      assertThat(run.out()).contains("1 to 36").contains(count);
      assertThat(dir.resolve("out")).doesNotExist();
    }
  }

  @Test
  void shouldBeRefusedByOtherTasks() {
    Path file = dir.resolve("picture.png");
    ImageFiles.writePng(ImageFiles.resize(picture, 32, 32), file);

    Run run =
        Run.of(
            "predict",
            "resnet14-x4-cifar10",
            file.toString(),
            "-o",
            dir.resolve("out").toString(),
            "--turns",
            "8");

    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains("--turns is for matching");
  }
}

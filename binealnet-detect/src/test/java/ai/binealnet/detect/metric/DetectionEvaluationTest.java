package ai.binealnet.detect.metric;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.detect.data.DetectionSample;
import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Box;
import ai.binealnet.detect.decode.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionEvaluationTest {
  private static final Box BOX = new Box(10, 10, 50, 40);

  @TempDir Path dir;

  private static DetectionEvaluation evaluation(int pictures) {
    DetectionEvaluation evaluation = new DetectionEvaluation(List.of("cell", "wo\"rm"));
    for (int i = 0; i < pictures; i++) {
      DetectionSample sample =
          new DetectionSample(
              "p" + i,
              new Image(60, 80, 3, new byte[60 * 80 * 3]),
              List.of(new LabeledBox(BOX, 0)));
      evaluation.add(sample, List.of(new Detection(BOX, 0, 0.9), new Detection(BOX, 1, 0.2)));
    }
    return evaluation;
  }

  @Test
  void shouldGiveTheFiguresByTheirNames() {
    assertThat(evaluation(2).metrics()).containsEntry("mAP50", 1.0).containsEntry("mAP", 1.0);
    assertThat(evaluation(2).images()).isEqualTo(2);
    assertThat(evaluation(2).toString()).contains("cell", "1.0000", "-");
    assertThat(evaluation(0).metrics()).containsEntry("mAP50", 0.0);
  }

  @Test
  void shouldDrawPicturesCurvesAndATable() throws IOException {
    evaluation(10).draw(dir);

    Image first = ImageFiles.read(dir.resolve("detections-0.png"));
    assertThat(first.at(25, 10, 0) + first.at(25, 10, 1) + first.at(25, 10, 2)).isPositive();
    assertThat(dir.resolve("detections-7.png")).exists();
    assertThat(dir.resolve("detections-8.png")).doesNotExist();
    assertThat(ImageFiles.read(dir.resolve("precision-recall.png")).width()).isGreaterThan(400);
    assertThat(Files.readString(dir.resolve("classes.csv")))
        .isEqualTo("class,objects,AP50,AP\n\"cell\",10,1.000000,1.000000\n\"wo\"\"rm\",0,,\n");
  }

  @Test
  void shouldDrawNoCurveWithoutObjects() {
    evaluation(0).draw(dir);

    assertThat(dir.resolve("precision-recall.png")).doesNotExist();
    assertThat(dir.resolve("classes.csv")).exists();
  }
}

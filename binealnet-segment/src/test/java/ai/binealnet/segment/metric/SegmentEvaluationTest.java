package ai.binealnet.segment.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.segment.decode.LabelMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentEvaluationTest {
  private static final List<String> CLASSES = List.of("sky", "road", "tree", "pole", "car");
  private static final int HEIGHT = 30;
  private static final int WIDTH = 40;

  /** The pictures of {@code iou_reference.py}, which scikit-learn has judged. */
  private static SegmentEvaluation reference() {
    SegmentEvaluation evaluation = new SegmentEvaluation(CLASSES);
    for (int n = 0; n < 3; n++) {
      byte[] truth = new byte[HEIGHT * WIDTH];
      byte[] predicted = new byte[truth.length];
      for (int i = 0; i < truth.length; i++) {
        int label = (i * (n + 2) / 7 + i / 13) % 3;
        predicted[i] = (byte) ((i * 31 + n) % 5 == 0 ? (i + n) % 4 : label);
        truth[i] = (byte) ((i + n) % 11 == 0 ? LabelMap.VOID : label);
      }
      evaluation.add(
          new Image(HEIGHT, WIDTH, 1, new byte[truth.length]),
          new LabelMap(HEIGHT, WIDTH, truth),
          new LabelMap(HEIGHT, WIDTH, predicted));
    }
    return evaluation;
  }

  @Test
  void shouldAgreeWithScikitLearn() {
    SegmentEvaluation evaluation = reference();

    assertThat(evaluation.classes().get("sky")).isCloseTo(0.7741935483870968, within(1e-12));
    assertThat(evaluation.classes().get("road")).isCloseTo(0.7692953020134228, within(1e-12));
    assertThat(evaluation.classes().get("tree")).isCloseTo(0.7689110556940981, within(1e-12));
    assertThat(evaluation.classes()).containsEntry("pole", 0.0).containsEntry("car", Double.NaN);
    assertThat(evaluation.metrics().get("mIoU")).isCloseTo(0.5780999765236544, within(1e-12));
    assertThat(evaluation.metrics().get("pixel_accuracy"))
        .isCloseTo(0.8490220048899756, within(1e-12));
    assertThat(evaluation.metrics().get("class_accuracy"))
        .isCloseTo(0.8490145751293262, within(1e-12));
    assertThat(evaluation.images()).isEqualTo(3);
  }

  @Test
  void shouldWriteATableForPeople() {
    assertThat(reference().toString())
        .containsPattern("sky +0\\.7742")
        .containsPattern("car +- +-")
        .containsPattern("mean +0\\.5781 +0\\.8490")
        .contains("pixel accuracy 0.8490");
  }

  @Test
  void shouldDrawPicturesAndTables(@TempDir Path folder) throws Exception {
    reference().draw(folder);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "segmentation-000.png",
              "segmentation-001.png",
              "segmentation-002.png",
              "iou.png",
              "confusion.png",
              "confusion.csv");
    }
    assertThat(Files.readString(folder.resolve("confusion.csv")))
        .startsWith("true\\predicted,sky,road,tree,pole,car\nsky,");
    Image example = ImageFiles.read(folder.resolve("segmentation-000.png"));
    assertThat(example.width()).isGreaterThan(3 * WIDTH);
  }

  @Test
  void shouldRefuseMapsOfAnotherSize() {
    Image picture = new Image(2, 3, 1, new byte[6]);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SegmentEvaluation(CLASSES)
                    .add(picture, new LabelMap(2, 3, new byte[6]), new LabelMap(3, 2, new byte[6])))
        .withMessageContaining("2x3");
  }
}

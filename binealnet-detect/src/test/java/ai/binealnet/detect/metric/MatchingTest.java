package ai.binealnet.detect.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.detect.data.LabeledBox;
import ai.binealnet.detect.decode.Box;
import ai.binealnet.detect.decode.Detection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchingTest {
  private static final Matching VOC = Matching.voc(0.5);
  private static final Matching COCO = Matching.coco(0.5);

  private static LabeledBox object(double x) {
    return new LabeledBox(new Box(x, 0, x + 10, 10), 0);
  }

  private static LabeledBox difficult(double x) {
    return new LabeledBox(new Box(x, 0, x + 10, 10), 0, true, false);
  }

  private static Detection found(double x, double score) {
    return new Detection(new Box(x, 0, x + 10, 10), 0, score);
  }

  private static List<Boolean> judge(
      Matching matching, List<LabeledBox> objects, Detection... detections) {
    return matching.judge(objects, List.of(detections)).stream()
        .map(Matching.Judged::right)
        .toList();
  }

  @Test
  void shouldCallTheSecondFindOfAnObjectWrong() {
    List<LabeledBox> objects = List.of(object(0));

    assertThat(judge(VOC, objects, found(1, 0.9), found(0, 0.8))).containsExactly(true, false);
    assertThat(judge(COCO, objects, found(1, 0.9), found(0, 0.8))).containsExactly(true, false);
  }

  /** Between two objects, VOC insists on the nearest, COCO takes one that is free. */
  @Test
  void shouldDifferWhereANearerObjectIsTaken() {
    List<LabeledBox> objects = List.of(object(0), object(4));
    Detection[] detections = {found(0, 0.9), found(1, 0.8)}; // IoU with the second: 7/13 > 0.5

    assertThat(judge(VOC, objects, detections)).containsExactly(true, false);
    assertThat(judge(COCO, objects, detections)).containsExactly(true, true);
  }

  @Test
  void shouldNeitherRewardNorPunishDifficultObjects() {
    List<LabeledBox> objects = List.of(difficult(0), object(50));

    assertThat(judge(VOC, objects, found(0, 0.9), found(1, 0.8), found(50, 0.7)))
        .containsExactly(true);
    // COCO has no such flag; here a difficult object is one that need not be found
    assertThat(judge(COCO, objects, found(0, 0.9), found(1, 0.8), found(50, 0.7)))
        .containsExactly(false, true);
    assertThat(VOC.counts(objects.get(0))).isFalse();
    assertThat(COCO.counts(objects.get(0))).isFalse();
  }

  @Test
  void shouldPreferObjectsThatMustBeFound() {
    LabeledBox crowd = new LabeledBox(new Box(0, 0, 100, 100), 0, false, true);

    assertThat(judge(COCO, List.of(crowd, object(0)), found(2, 0.9), found(1, 0.8), found(60, 0.7)))
        .containsExactly(true);
  }

  @Test
  void shouldReachTheThresholdInclusively() {
    Detection half = new Detection(new Box(0, 0, 10, 5), 0, 0.5); // IoU is exactly 0.5

    assertThat(judge(VOC, List.of(object(0)), half)).containsExactly(true);
    assertThat(judge(COCO, List.of(object(0)), half)).containsExactly(true);
  }

  /** Of 4 objects, found: right, wrong, right, wrong, wrong, right. */
  @Test
  void shouldIntegrateTheCurve() {
    List<Matching.Judged> judged =
        IntStream.range(0, 6)
            .mapToObj(i -> new Matching.Judged(1 - i / 10.0, i == 0 || i == 2 || i == 5))
            .toList();

    PrecisionRecall curve = PrecisionRecall.of(4, judged);

    // envelope: 1 up to recall 1/4, 2/3 up to 1/2, 1/2 up to 3/4, then 0
    assertThat(curve.area()).isCloseTo((1 + 2.0 / 3 + 0.5) / 4, within(1e-12));
    assertThat(curve.mean101()).isCloseTo((26 + 25 * 2.0 / 3 + 25 * 0.5) / 101, within(1e-12));
    assertThat(PrecisionRecall.of(4, List.of()).area()).isZero();
    assertThat(PrecisionRecall.of(4, List.of()).mean101()).isZero();
  }

  @Test
  void shouldHaveNoFigureForAClassWithoutObjects() {
    DetectionResults results = new DetectionResults(2);
    results.add(List.of(), List.of(found(0, 0.9)));

    assertThat(results.vocAveragePrecision(0)).isEmpty();
    assertThat(results.cocoAveragePrecision(0)).isEmpty();
    assertThat(results.vocMeanAveragePrecision()).isZero();
    assertThat(results.cocoMeanAveragePrecision()).isZero();
  }
}

package ai.binealnet.match.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.data.ImagePair;
import ai.binealnet.match.data.Scenes;
import ai.binealnet.match.data.Sequence;
import ai.binealnet.match.decode.Correspondence;
import ai.binealnet.match.decode.Descriptors;
import ai.binealnet.match.decode.Features;
import ai.binealnet.match.decode.KeyPoint;
import ai.binealnet.match.decode.Matches;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import ai.binealnet.match.geometry.RobustHomography;
import ai.binealnet.match.geometry.Warp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairScoreTest {
  private static final Image FIRST = Scenes.flat(80, 100);
  private static final Image SECOND = Scenes.flat(60, 120);

  private static Features at(Point... places) {
    List<KeyPoint> points = new ArrayList<>();
    for (Point place : places) {
      points.add(new KeyPoint(place, 1, 1));
    }
    return new Features(points, new Descriptors.Real(1, new float[places.length]));
  }

  private static PairScore score(
      Features first, Features second, List<Correspondence> pairs, Homography found) {
    Optional<RobustHomography> geometry =
        Optional.ofNullable(found).map(h -> new RobustHomography(h, new boolean[pairs.size()]));
    return PairScore.of(
        new Matches(first, second, pairs, geometry), Homography.translation(10, 0), FIRST, SECOND);
  }

  /** Errors of 0, 2.5, 3, 9.5 and 30 pixels. */
  @Test
  void shouldCountMatchesWithinEachDistance() {
    Features first =
        at(
            new Point(0, 0),
            new Point(20, 20),
            new Point(40, 40),
            new Point(60, 10),
            new Point(70, 50));
    Features second =
        at(
            new Point(10, 0),
            new Point(32.5, 20),
            new Point(50, 43),
            new Point(70, 19.5),
            new Point(50, 50));
    List<Correspondence> pairs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pairs.add(new Correspondence(i, i, 0));
    }

    PairScore score = score(first, second, pairs, Homography.translation(10, 4));

    assertThat(score.accuracy())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.2, 0.2, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.8);
    assertThat(score.cornerError()).isCloseTo(4, within(1e-9));
    assertThat(score.matches()).isEqualTo(5);
  }

  /**
   * Seen in both pictures (second picture: 120 x 60): the first two of the first, all of the
   * second. Found again: one of the first's, one of the second's.
   */
  @Test
  void shouldCountKeyPointsThatAreFoundAgain() {
    Features first = at(new Point(10, 10), new Point(50, 50), new Point(50, 70));
    Features second = at(new Point(20, 12), new Point(100, 30));

    PairScore score = score(first, second, List.of(), null);

    assertThat(score.repeatability()).isCloseTo(2 / 4.0, within(1e-12));
    assertThat(score.accuracy()).containsOnly(0);
    assertThat(score.cornerError()).isInfinite();
    assertThat(score.keyPoints()).isEqualTo(2.5);
  }

  @Test
  void shouldScoreNothingWithoutKeyPoints() {
    PairScore score = score(at(), at(), List.of(), null);
    assertThat(score.repeatability()).isZero();
    assertThat(score.accuracy()).containsOnly(0);
  }

  @Test
  void shouldAverageOverPairs() {
    double[] right = {0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    Map<String, PairScore> pairs = new LinkedHashMap<>();
    pairs.put("a-2", new PairScore(right, 0.5, 0.4, 10, 20));
    pairs.put("a-3", new PairScore(new double[10], 2, 0.2, 0, 20));
    pairs.put("b-2", new PairScore(new double[10], Double.POSITIVE_INFINITY, 0, 0, 2));
    Map<String, Double> metrics =
        new MatchEvaluation(List.of(new MethodScores("x", pairs)), List.of()).metrics();
    assertThat(metrics.get("mma1")).isCloseTo(0.5 / 3, within(1e-12));
    assertThat(metrics.get("mma3")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(metrics.get("homography1")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(metrics.get("homography3")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(metrics.get("homography5")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(metrics.get("repeatability")).isCloseTo(0.2, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void shouldMatchOpenCvsFeatures(OpenCvFeatures method, @TempDir Path folder) throws IOException {
    Image scene = Scenes.scene(200, 260, 4);
    Homography map = new Homography(0.95, 0.1, 4, -0.08, 1.02, 6, 1e-4, 2e-4, 1);
    ImagePair pair = new ImagePair(scene, Warp.mirrored(scene, map, 200, 260), map);

    MatchEvaluation evaluation =
        MatchEvaluator.evaluate(
            List.of(Sequence.of("scene", pair)),
            (one, two) ->
                Map.of(
                    method.label(),
                    Matches.of(method.extract(one, 300), method.extract(two, 300))));

    assertThat(evaluation.images()).isEqualTo(1);
    assertThat(evaluation.metrics().get("key_points")).isBetween(80.0, 300.0);
    assertThat(evaluation.metrics().get("mma3")).as(evaluation.toString()).isGreaterThan(0.6);
    assertThat(evaluation.metrics().get("homography3")).isEqualTo(1);
    assertThat(evaluation.metrics().get("repeatability")).isGreaterThan(0.4);
    evaluation.draw(folder);
    assertThat(folder.resolve("mma.png")).isNotEmptyFile();
    assertThat(folder.resolve("matches-scene-2.png")).isNotEmptyFile();
    assertThat(folder.resolve("overlay-scene-2.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(folder.resolve("pairs.csv"))).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindNothingInAFlatPicture(OpenCvFeatures method) {
    Features none = method.extract(Scenes.flat(64, 64), 100);
    assertThat(none.size()).isZero();
    assertThat(Matches.of(none, none).pairs()).isEmpty();
  }
}

package ai.binealnet.match.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RobustHomographyTest {
  @ParameterizedTest
  @EnumSource
  void shouldFindTheMapAmongWrongMatches(RobustHomography.Method method) {
    SplittableRandom random = new SplittableRandom(7);
    Homography truth = HomographyRange.defaults().draw(300, 400, random);
    List<Point> first = new ArrayList<>();
    List<Point> second = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Point p = new Point(400 * random.nextDouble(), 300 * random.nextDouble());
      first.add(p);
      second.add(
          i % 2 == 0
              ? truth.apply(p)
              : new Point(400 * random.nextDouble(), 300 * random.nextDouble()));
    }

    RobustHomography found = RobustHomography.find(first, second, method, 3).orElseThrow();

    assertThat(truth.cornerError(found.homography(), 300, 400)).as("seed 7").isLessThan(0.1);
    for (int i = 0; i < 200; i += 2) {
      assertThat(found.inliers()[i]).as("match %d", i).isTrue();
    }
    assertThat(found.inlierCount()).isBetween(100, 110);
    assertThat(RobustHomography.find(first, second, method, 3).orElseThrow().homography())
        .as("the same again")
        .isEqualTo(found.homography());
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindNothingWhereThereIsNothing(RobustHomography.Method method) {
    Point p = new Point(1, 1);
    assertThat(RobustHomography.find(List.of(), List.of(), method, 3)).isEmpty();
    assertThat(RobustHomography.find(List.of(p, p, p), List.of(p, p, p), method, 3)).isEmpty();
    assertThat(RobustHomography.find(List.of(p, p, p, p), List.of(p, p, p, p), method, 3))
        .isEmpty();
  }
}

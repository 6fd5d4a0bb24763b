package ai.binealnet.match.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HomographyTest {
  private static final double EXACT = 1e-9;

  private static void requireAt(Point actual, double x, double y) {
    assertThat(actual.x()).isCloseTo(x, within(EXACT));
    assertThat(actual.y()).isCloseTo(y, within(EXACT));
  }

  @Test
  void shouldDivideByTheThirdCoordinate() {
    Homography map = new Homography(2, 0, 4, 0, 6, 2, 0.5, 0, 2);

    requireAt(map.apply(new Point(4, 3)), 12.0 / 4, 20.0 / 4);
  }

  @Test
  void shouldComposeFromRightToLeft() {
    Homography quarter = Homography.rotation(Math.PI / 2);
    Homography move = Homography.translation(10, 1);

    requireAt(move.after(quarter).apply(new Point(3, 0)), 10, 4);
    requireAt(quarter.after(move).apply(new Point(3, 0)), -1, 13);
  }

  @Test
  void shouldComeBackByTheInverse() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      Homography map = HomographyRange.defaults().draw(120, 200, random);
      Point p = new Point(200 * random.nextDouble(), 120 * random.nextDouble());
      Point back = map.inverse().apply(map.apply(p));
      assertThat(back.distance(p)).as("draw %d of seed 3", i).isLessThan(1e-8);
    }
  }

  @Test
  void shouldMeasureTheMeanDistanceOfCorners() {
    assertThat(Homography.IDENTITY.cornerError(Homography.translation(3, 4), 10, 20))
        .isCloseTo(5, within(EXACT));
    // corners move by 0, 19, 0 and 19 pixels
    assertThat(Homography.IDENTITY.cornerError(Homography.scaling(2, 1), 10, 20))
        .isCloseTo(9.5, within(EXACT));
  }

  @Test
  void shouldScaleTheMatrixSoThatEqualMapsAreEqual() {
    assertThat(new Homography(2, 0, 0, 0, 2, 0, 0, 0, 2)).isEqualTo(Homography.IDENTITY);
  }

  @Test
  void shouldRefuseWhatIsNoHomography() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Homography(1, 0, 0, 2, 0, 0, 0, 0, 1))
        .withMessageContaining("not invertible");
    assertThatIllegalArgumentException().isThrownBy(() -> new Homography(1, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Homography(1, 0, Double.NaN, 0, 1, 0, 0, 0, 1));
  }

  @Test
  void shouldStayWithinItsRange() {
    HomographyRange range = new HomographyRange(20, 1.5, 1, 0, 0.1);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      double[] v = range.draw(101, 201, random).values();
      double scale = Math.hypot(v[0], v[3]);
      double angle = Math.toDegrees(Math.atan2(v[3], v[0]));
      assertThat(scale).as("scale %d of seed 5", i).isBetween(1 / 1.5 - EXACT, 1.5 + EXACT);
      assertThat(angle).as("angle").isBetween(-20 - EXACT, 20 + EXACT);
      Point middle = new Homography(v).apply(new Point(100, 50));
      assertThat(Math.abs(middle.x() - 100)).isLessThanOrEqualTo(20.1 + EXACT);
      assertThat(Math.abs(middle.y() - 50)).isLessThanOrEqualTo(10.1 + EXACT);
    }
  }

  @Test
  void shouldMoveNothingWithoutARange() {
    Point p = new Point(17, 3);
    Point there = new HomographyRange(0, 1, 1, 0, 0).draw(30, 40, new SplittableRandom(1)).apply(p);
    assertThat(there.distance(p)).isLessThan(EXACT);
  }

  @Test
  void shouldKeepCornersInFrontOfTheHorizon() {
    HomographyRange range = new HomographyRange(180, 2, 2, 0.45, 0.5);
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 200; i++) {
      double[] v = range.draw(100, 160, random).values();
      for (int corner = 0; corner < 4; corner++) {
        double w = v[6] * (corner % 2) * 159 + v[7] * (corner / 2) * 99 + v[8];
        double middle = v[6] * 79.5 + v[7] * 49.5 + v[8];
        assertThat(w / middle).as("corner %d, draw %d of seed 9", corner, i).isPositive();
      }
    }
  }
}

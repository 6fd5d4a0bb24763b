package ai.binealnet.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.optim.Schedule.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    // kind, warmup, cycle, time, epochs, factor
    "CONSTANT,0,10,0,5,1",
    "CONSTANT,0,10,5,5,1",
    "CONSTANT,2,10,0.5,5,0.25",
    "CONSTANT,2,10,2,5,1",
    "COSINE,0,10,0,4,1",
    "COSINE,0,10,2,4,0.5",
    "COSINE,0,10,4,4,0",
    "COSINE,0,10,5,4,0",
    "COSINE,0,10,1,4,0.853553",
    "COSINE,1,10,0.5,5,0.5",
    "COSINE,1,10,1,5,1",
    "COSINE,1,10,3,5,0.5",
    "COSINE,1,10,5,5,0",
    "COSINE,5,10,4,5,0.8",
    "SGDR,0,2,0,30,1",
    "SGDR,0,2,2.000001,30,1",
    "SGDR,0,2,1,30,0.5",
    "SGDR,0,2,1.999999,30,0",
    "SGDR,0,2,2,30,0",
    "SGDR,0,2,4,30,0.5",
    "SGDR,0,2,6,30,0",
    "SGDR,0,2,10,30,0.5",
    "SGDR,0,2,14,30,0",
    "SGDR,1,2,0.25,30,0.25",
    "SGDR,1,2,3,30,0",
    "SGDR,1,2,5,30,0.5",
    "ONE_CYCLE,0,10,0,10,0.04",
    "ONE_CYCLE,0,10,1.5,10,0.52",
    "ONE_CYCLE,5,10,1.5,10,0.52",
    "ONE_CYCLE,0,10,3,10,1",
    "ONE_CYCLE,0,10,6.5,10,0.5",
    "ONE_CYCLE,0,10,9.3,10,0.1",
    "ONE_CYCLE,0,10,10,10,0",
    "ONE_CYCLE,0,10,11,10,0"
  })
  void shouldFollowItsCurve(
      Kind kind, double warmup, double cycle, double time, double epochs, double factor) {
    assertThat(new Schedule(kind, warmup, cycle, 0.3).factor(time, epochs))
        .isCloseTo(factor, within(1e-5));
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayBetweenNothingAndThePeak(Kind kind) {
    Schedule schedule = new Schedule(kind, 1.5, 3, 0.4);
    for (double time = 0; time <= 20; time += 0.01) {
      double expected =
          switch (kind) {
            case CONSTANT -> Math.min(1, time / 1.5);
            case COSINE -> time < 1.5 ? time / 1.5 : halfCosine((time - 1.5) / 18.5);
            case SGDR -> time < 1.5 ? time / 1.5 : restarted(time - 1.5);
            case ONE_CYCLE -> time < 8 ? 0.04 + 0.96 * time / 8 : (20 - time) / 12;
          };
      assertThat(schedule.factor(time, 20))
          .as("%s at %s", kind, time)
          .isBetween(0.0, 1.0)
          .isCloseTo(expected, within(1e-9));
    }
  }

  private static double halfCosine(double progress) {
    return (1 + Math.cos(Math.PI * progress)) / 2;
  }

  /** Cycles of 3, 6 and 12. */
  private static double restarted(double time) {
    return time <= 3
        ? halfCosine(time / 3)
        : time <= 9 ? halfCosine((time - 3) / 6) : halfCosine((time - 9) / 12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void shouldRefuseARiseThatIsNoShare(double rise) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(Kind.ONE_CYCLE, 0, 10, rise));
  }

  @ParameterizedTest
  @CsvSource({"-0.1,10", "0,0", "0,-1", "NaN,10", "0,NaN"})
  void shouldRefuseTimesOutOfRange(double warmup, double cycle) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(Kind.COSINE, warmup, cycle, 0.3));
  }
}

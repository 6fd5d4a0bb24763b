package ai.binealnet.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.optim.Schedule.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "SGDR,0,2,1,30,0.5",
    "SGDR,0,2,1.999999,30,0",
    "SGDR,0,2,2,30,1",
    "SGDR,0,2,4,30,0.5",
    "SGDR,0,2,6,30,1",
    "SGDR,0,2,10,30,0.5",
    "SGDR,0,2,14,30,1",
    "SGDR,1,2,0.25,30,0.25",
    "SGDR,1,2,3,30,1",
    "SGDR,1,2,5,30,0.5"
  })
  void shouldFollowItsCurve(
      Kind kind, double warmup, double cycle, double time, double epochs, double factor) {
    assertThat(new Schedule(kind, warmup, cycle, 0.3).factor(time, epochs))
        .isCloseTo(factor, within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"-0.1,10", "0,0", "0,-1", "NaN,10", "0,NaN"})
  void shouldRefuseTimesOutOfRange(double warmup, double cycle) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(Kind.COSINE, warmup, cycle, 0.3));
  }
}

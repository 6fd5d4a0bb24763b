package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
  @ParameterizedTest
  @CsvSource({"1,5", "2,0", "2,1", "3,2", "3,100", "5,7", "4,2000000"})
  void shouldVisitEveryIndexOnce(int threads, int count) {
    AtomicIntegerArray visits = new AtomicIntegerArray(count);
    AtomicIntegerArray calls = new AtomicIntegerArray(threads);
    new Parallel(threads)
        .run(
            count,
            (worker, from, to) -> {
              calls.incrementAndGet(worker);
              for (int i = from; i < to; i++) {
                visits.incrementAndGet(i);
              }
            });

    for (int i = 0; i < count; i++) {
      assertThat(visits.get(i)).as("index %s", i).isEqualTo(1);
    }
    for (int worker = 0; worker < threads; worker++) {
      assertThat(calls.get(worker)).as("calls of worker %s", worker).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldPassOnWhatAWorkerThrows(int thrower) {
    Parallel parallel = new Parallel(3);

    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () ->
                parallel.run(
                    30,
                    (worker, from, to) -> {
                      if (worker == thrower) {
                        throw new ArithmeticException("from worker " + worker);
                      }
                    }))
        .withMessage("from worker " + thrower);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldSumInTheSameOrderEveryTime(int threads) {
    long seed = 5;
    Tensor x = new RandomTensors(seed).uniform(Shape.of(3, 41, 37, 24), -1, 1);
    Tensor first = dots(threads, x);
    for (int i = 0; i < 5; i++) {
      assertThat(dots(threads, x).toArray()).as("seed %s", seed).isEqualTo(first.toArray());
    }
  }

  private static Tensor dots(int threads, Tensor x) {
    Tensor sum = Tensor.create(Shape.of(24)).fill(0);
    new CpuKernels(threads).channelDots(x, x, sum);
    return sum;
  }
}

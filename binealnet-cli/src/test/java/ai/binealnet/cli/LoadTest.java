package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.runtime.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One predictor that many threads share for a while. See docs/reliability.md. */
@Tag("slow")
class LoadTest {
  private static final int THREADS = 16;
  private static final int PICTURES = 5;
  private static final long SECONDS = Long.getLong("load.seconds", 20);

  /** Parts of the time: the first third warms up, the others are compared. */
  private static final int ROUNDS = 9;

  /**
   * What allocators may still take between one third of the time and the next: a leak that takes 64
   * MB in three quarters of it takes as much in a third.
   */
  private static final double SLACK_MEGABYTES = 28;

  /** The models of the zoo: at least one of each task. */
  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Home.folder("zoo").orElseThrow())) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldGiveSixteenThreadsTheSameResultsInTheSameMemory(Path file) throws Exception {
    try (Predictor model = Predictor.open(file, 1)) {
      List<byte[]> pictures = new ArrayList<>();
      List<Map<String, FloatTensor>> expected = new ArrayList<>();
      for (int i = 0; i < PICTURES; i++) {
        byte[] pixels = new byte[model.height() * model.width() * model.channels()];
        new Random(i).nextBytes(pixels);
        pictures.add(pixels);
        expected.add(model.run(pixels, 1));
      }
      long runs = 0;
      List<Long> memory = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        runs += load(model, pictures, expected, Math.max(1, SECONDS / ROUNDS));
        memory.add(settledMemory());
      }
      System.out.printf(
          "%s: %d threads, %d runs of %d x %d in %d s, all alike; resident MB: %s%n",
          file.getFileName(), THREADS, runs, model.height(), model.width(), SECONDS, memory);
      if (!memory.contains(null)) {
        assertThat(mean(memory.subList(2 * ROUNDS / 3, ROUNDS)))
            .isLessThanOrEqualTo(
                mean(memory.subList(ROUNDS / 3, 2 * ROUNDS / 3)) + SLACK_MEGABYTES);
      }
    }
  }

  /** Of several, because what an allocator keeps at a moment goes up and down. */
  private static double mean(List<Long> megabytes) {
    return megabytes.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  /** Resident memory without garbage, which the heap keeps as long as there is room. */
  private static Long settledMemory() {
    System.gc();
    return ResidentMemory.megabytes();
  }

  /** How many runs there were. */
  private static long load(
      Predictor model, List<byte[]> pictures, List<Map<String, FloatTensor>> expected, long seconds)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Callable<Long> worker =
        () -> {
          long runs = 0;
          while (System.nanoTime() < end) {
            int i = (int) ((runs + Thread.currentThread().getId()) % PICTURES);
            assertAlike(model.run(pictures.get(i), 1), expected.get(i));
            runs++;
          }
          return runs;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long runs = 0;
      for (Future<Long> each : threads.invokeAll(Collections.nCopies(THREADS, worker))) {
        runs += each.get();
      }
      return runs;
    } finally {
      threads.shutdown();
    }
  }

  private static void assertAlike(Map<String, FloatTensor> actual, Map<String, FloatTensor> exact) {
    assertThat(actual.keySet()).isEqualTo(exact.keySet());
    exact.forEach(
        (name, tensor) -> {
          if (!Arrays.equals(tensor.values(), actual.get(name).values())) {
            throw new AssertionError("another result of " + name);
          }
        });
  }
}

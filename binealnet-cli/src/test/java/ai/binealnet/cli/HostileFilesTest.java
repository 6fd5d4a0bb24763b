package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.UserError;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader of files from outside, given files that no program would write: it reads them or
 * says in a {@link UserError} what is wrong, in two seconds and without much memory. See
 * docs/reliability.md for more inputs and for how to repeat one.
 */
class HostileFilesTest {
  private static final long FIRST = Long.getLong("hostile.first", 0);
  private static final int INPUTS = Integer.getInteger("hostile.inputs", 300);
  private static final String ONLY = System.getProperty("hostile.reader", "");

  private static final double SECONDS = 2;
  private static final int TIMES = 4;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir static Path root;

  private static List<HostileReader> readers;

  @BeforeAll
  static void prepare() throws IOException {
    readers = HostileReaders.all(root);
  }

  static List<HostileReader> readers() {
    return readers.stream().filter(reader -> reader.name().startsWith(ONLY)).toList();
  }

  @ParameterizedTest
  @MethodSource("readers")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldRefuseInWordsOrRead(HostileReader reader) throws IOException {
    byte[] good = Files.readAllBytes(reader.file());
    attack(reader, FIRST - 1, good, new Costs()); // loads classes
    Costs costs = new Costs();
    int inputs = Math.max(1, INPUTS / reader.thrift());
    for (long number = FIRST; number < FIRST + inputs; number++) {
      byte[] hostile = reader.mutator().file(number);
      attack(reader, number, number % 4 == 0 ? hostile : reader.repair().apply(hostile), costs);
    }
    Files.write(reader.file(), good);
    System.out.printf(
        "%s: %d files from number %d on, %d refused, slowest %.3f s, largest %.1f MB%n",
        reader.name(), inputs, FIRST, costs.refused, costs.seconds, costs.bytes / 1e6);
    assertThat(inputs < INPUTS || costs.refused > inputs / 20).as("hostile enough").isTrue();
  }

  /** What the files cost at most. */
  private static final class Costs {
    private int refused;
    private double seconds;
    private long bytes;
  }

  private static void attack(HostileReader reader, long number, byte[] content, Costs costs)
      throws IOException {
    Files.deleteIfExists(reader.file()); // what is written over a file goes to disk at once
    Files.write(reader.file(), content);
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long time = THREADS.getCurrentThreadCpuTime(); // others use this machine too
    try {
      reader.action().run();
    } catch (UserError e) {
      costs.refused++;
    } catch (Exception | Error e) {
      throw new AssertionError("%s, file number %d: %s".formatted(reader, number, e), e);
    }
    double seconds = 1e-9 * (THREADS.getCurrentThreadCpuTime() - time);
    bytes = THREADS.getThreadAllocatedBytes(thread) - bytes;
    costs.seconds = Math.max(costs.seconds, seconds);
    costs.bytes = Math.max(costs.bytes, bytes);
    assertThat(seconds).as("seconds of %s, file number %d", reader, number).isLessThan(SECONDS);
    assertThat(bytes)
        .as("bytes of %s for the %d of file number %d", reader, content.length, number)
        .isLessThan(TIMES * (long) content.length + ((long) reader.megabytes() << 20));
  }
}

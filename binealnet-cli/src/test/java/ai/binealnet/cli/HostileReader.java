package ai.binealnet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that reads files which may come from anywhere.
 *
 * @param name for people
 * @param file the hostile file
 * @param mutator what makes it
 * @param repair what an attacker would do to a changed file so that it is not refused at once, such
 *     as a new checksum
 * @param thrift how many inputs of the cheap readers take the time of one of this
 * @param megabytes of the Java heap that one file may cost, beyond 4 times its length
 * @param action reads it, and does what follows from its content
 */
record HostileReader(
    String name,
    Path file,
    Mutator mutator,
    UnaryOperator<byte[]> repair,
    int thrift,
    int megabytes,
    Action action) {
  /** Reads a file. */
  interface Action {
    void run() throws Exception;
  }

  /** A cheap one. */
  HostileReader(String name, Path file, List<byte[]> seeds, List<String> words, Action action) {
    this(name, file, new Mutator(seeds, words), UnaryOperator.identity(), 1, 16, action);
  }

  /** With what attackers repair. */
  HostileReader repairing(UnaryOperator<byte[]> how) {
    return new HostileReader(name, file, mutator, how, thrift, megabytes, action);
  }

  /** With another cost. */
  HostileReader costing(int inputs, int limit) {
    return new HostileReader(name, file, mutator, repair, inputs, limit, action);
  }

  @Override
  public String toString() {
    return name;
  }
}

package ai.binealnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's resident memory, native libraries included. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "VmRSS:";

  private ResidentMemory() {}

  /** Megabytes, or null where there is no {@code /proc}. */
  static Long megabytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(KEY))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}

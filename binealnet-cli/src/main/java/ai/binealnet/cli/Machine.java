package ai.binealnet.cli;

import ai.binealnet.deploy.runtime.KernelSet;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What figures were measured on.
 *
 * @param cpu the processor's name, or its architecture where the system does not tell
 * @param cores that Java may use
 * @param os system and architecture
 * @param java version
 * @param kernels the native kernels in use
 */
record Machine(String cpu, int cores, String os, String java, String kernels) {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final String KEY = "model name";

  /**
   * This one.
   *
   * @throws OrtException if the kernels do not load
   */
  static Machine here() throws OrtException {
    return new Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.version"),
        KernelSet.name());
  }

  private static String processor() {
    String other = System.getProperty("os.arch");
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith(KEY) && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .filter(name -> !name.isEmpty())
          .findFirst()
          .orElse(other);
    } catch (IOException e) {
      return other;
    }
  }

  /** In one line. */
  String line() {
    return "%s, %d %s, %s, Java %s, kernels: %s"
        .formatted(cpu, cores, cores == 1 ? "core" : "cores", os, java, kernels);
  }
}

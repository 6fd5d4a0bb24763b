package ai.binealnet.deploy.bench;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.deploy.runtime.NativeLibrary;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.binealnet.deploy.runtime.Predictor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a fresh process needs for a model: time to open it and memory. Each model gets a Java
 * virtual machine of its own, because memory that one model has touched would count for the next.
 * The process loads ONNX Runtime, notes its resident memory, opens the model, runs it a few times
 * and reads the peak of its resident memory, which Linux keeps.
 *
 * @param openMillis from the file to a session that can run, the file read and its seal checked
 * @param idleBytes resident before the model was opened: Java and ONNX Runtime
 * @param peakBytes the most that was ever resident; both are -1 where the system does not tell
 */
public record ColdStart(double openMillis, long idleBytes, long peakBytes) {
  private static final int RUNS = 5;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Bytes that the model added at the peak, or -1 where the system does not tell. */
  public long modelBytes() {
    return peakBytes < 0 ? -1 : peakBytes - idleBytes;
  }

  /**
   * Starts the process and waits for it.
   *
   * @param threads threads of one run
   * @throws UserError if it fails
   */
  public static ColdStart measure(Path file, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add(
        "-D" + NativeLibrary.PROPERTY + "=" + System.getProperty(NativeLibrary.PROPERTY, ""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ColdStart.class.getName(), file.toString(), Integer.toString(threads)));
    try {
      return answer(command, file);
    } catch (IOException e) {
      throw failed(file, e.toString(), e);
    }
  }

  private static ColdStart answer(List<String> command, Path file) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      int code = process.waitFor();
      if (code != 0 || line == null) {
        throw failed(file, "exit code " + code, null);
      }
      String[] numbers = line.split(" ");
      return new ColdStart(
          Double.parseDouble(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(file, "an interruption", e);
    } finally {
      process.destroy();
    }
  }

  private static UserError failed(Path file, String actual, Exception cause) {
    return new UserError(
        "cannot measure the memory that " + file + " needs",
        "a process of its own that opens it and runs it",
        actual,
        "see what binealnet doctor says; --no-memory leaves this out",
        cause);
  }

  /** The process: a file and threads in, the three numbers out. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    OrtSessions.environment();
    long idle = status("VmRSS:");
    long start = System.nanoTime();
    try (Predictor model = Predictor.open(file, Integer.parseInt(args[1]))) {
      double millis = (System.nanoTime() - start) / 1e6;
      byte[] picture = ModelBench.picture(model.size());
      for (int i = 0; i < RUNS; i++) {
        model.run(picture, 1);
      }
      System.out.printf(Locale.ROOT, "%.3f %d %d%n", millis, idle, status("VmHWM:"));
    }
    System.exit(0);
  }

  private static long status(String key) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}

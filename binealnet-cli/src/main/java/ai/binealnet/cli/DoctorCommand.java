package ai.binealnet.cli;

import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.NativeLibraries;
import ai.binealnet.deploy.runtime.KernelSet;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.NativeLibrary;
import ai.binealnet.deploy.runtime.OrtSessions;
import ai.onnxruntime.OrtException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code doctor}: whether this machine can train and run, and what to do where it cannot. */
@Command(
    name = "doctor",
    description = "Check Java, the native libraries, cores and memory of this machine.")
final class DoctorCommand extends Output {
  private static final long NEEDED_BYTES = 3L << 30;

  private record Library(String name, boolean ok, String version, String problem) {}

  @Override
  Result run() {
    List<String> remedies = new ArrayList<>();
    List<Library> libraries =
        List.of(
            probe("ND4J", NativeLibraries::nd4j),
            probe("oneDNN", NativeLibraries::oneDnn),
            probe("OpenCV", ImageFiles::openCvVersion),
            probe("ONNX Runtime", () -> OrtSessions.environment().getVersion()));
    libraries.stream()
        .filter(library -> !library.ok())
        .map(DoctorCommand::remedy)
        .forEach(remedies::add);
    Map<String, Object> machine = machine(remedies);
    boolean ok = libraries.stream().allMatch(Library::ok);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", ok);
    json.put("version", Version.current());
    json.putAll(machine);
    json.put("libraries", libraries);
    json.put("kernels", kernels());
    json.put("remedies", remedies);
    return new Result(json, text(json, libraries, remedies), ok);
  }

  private static String kernels() {
    try {
      return Kernels.AUTOMATIC.areNative()
          ? "native, " + KernelSet.name()
          : "function bodies on stock ONNX Runtime: no native library for "
              + NativeLibrary.platform();
    } catch (OrtException | UserError | LinkageError e) {
      return "the native library does not load: " + e.getMessage();
    }
  }

  private static Library probe(String name, Supplier<String> version) {
    try {
      return new Library(name, true, version.get(), "");
    } catch (LinkageError | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Library(name, false, "", cause.toString());
    }
  }

  private static String remedy(Library library) {
    return library.name()
        + " does not load: this build carries the natives of the machine that built it ("
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + " is running); remove binealnet-cli/target and run ./binealnet again here";
  }

  private static Map<String, Object> machine(List<String> remedies) {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put(
        "java",
        System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("cores", runtime.availableProcessors());
    machine.put("heap_limit_mb", runtime.maxMemory() >> 20);
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      machine.put("memory_mb", system.getTotalMemorySize() >> 20);
      if (system.getTotalMemorySize() < NEEDED_BYTES) {
        remedies.add("training wants 3 GB of memory: lower training.batch if it fails");
      }
    }
    String policy = System.getenv("OMP_WAIT_POLICY");
    String threads = System.getenv("OMP_NUM_THREADS");
    machine.put("omp_wait_policy", policy == null ? "not set" : policy);
    machine.put("omp_num_threads", threads == null ? "not set: all cores" : threads);
    if (!"PASSIVE".equalsIgnoreCase(policy)) {
      remedies.add("set OMP_WAIT_POLICY=PASSIVE: training is 10-20% faster with it");
    }
    return machine;
  }

  private static String text(
      Map<String, Object> facts, List<Library> libraries, List<String> remedies) {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (name, value) -> {
          if (!(value instanceof List)) {
            text.append("%-16s %s%n".formatted(name, value));
          }
        });
    for (Library library : libraries) {
      text.append(
          "%-16s %s%n"
              .formatted(
                  library.name(),
                  library.ok() ? library.version() : "DOES NOT LOAD: " + library.problem()));
    }
    remedies.forEach(remedy -> text.append("what to do: ").append(remedy).append('\n'));
    return text.toString().stripTrailing();
  }
}

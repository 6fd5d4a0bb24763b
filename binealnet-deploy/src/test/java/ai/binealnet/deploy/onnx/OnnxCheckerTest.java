package ai.binealnet.deploy.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.DenseNets;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.RandomNets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ONNX project's own checker on written files; required where CI=true, else where installed.
 */
class OnnxCheckerTest {
  private static final String SCRIPT =
      "import sys, onnx\n"
          + "for f in sys.argv[1:]: onnx.checker.check_model(onnx.load(f), full_check=True)\n";

  @TempDir Path folder;

  @Test
  void shouldPassTheOnnxChecker() throws Exception {
    String python = findPython();
    assumeTrue(python != null || isCi(), "python3-onnx is not installed");
    assertThat(python).as("python3-onnx is required in CI").isNotNull();
    List<ModelGraph> graphs =
        List.of(
            RandomNets.bineal(1, 17, 13, 24, 48, true),
            RandomNets.stream(2, 16, 12, 24, 48, false, false),
            RandomNets.stream(3, 19, 20, 24, 48, true, true),
            DenseNets.stream(9, 10, 14, 24, 40),
            DenseNets.bineal(10, 10, 14, 24, 40),
            DenseNets.superResolution(11, 7, 5, 24, 3),
            RandomNets.bitsOfPixels(7, 9, 8, 20),
            RandomNets.bitsOfReals(8, 9, 8, 20),
            RandomNets.block(4, 9, 8, 20, WeightType.BINARY, true),
            RandomNets.block(5, 9, 8, 20, WeightType.BINARY, false),
            RandomNets.block(6, 9, 8, 20, WeightType.FLOAT, true));
    List<String> command = new ArrayList<>(List.of(python, "-c", SCRIPT));
    for (int i = 0; i < graphs.size(); i++) {
      for (ModelKind kind : List.of(ModelKind.BINARY, ModelKind.FP32, ModelKind.QONNX)) {
        Path file = folder.resolve(i + kind.label() + ".onnx");
        Exporter.export(graphs.get(i), kind, file);
        command.add(file.toString());
      }
    }
    assertThat(run(command)).isEmpty();
  }

  private static boolean isCi() {
    return "true".equals(System.getenv("CI"));
  }

  private static String findPython() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (run(List.of(python, "-c", "import onnx.checker")).isEmpty()) {
        return python;
      }
    }
    return null;
  }

  /** What a command printed, or that it failed; empty if it succeeded silently. */
  private static String run(List<String> command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return e.toString();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    return ended && process.exitValue() == 0 ? output : output + " (exit code not 0)";
  }
}

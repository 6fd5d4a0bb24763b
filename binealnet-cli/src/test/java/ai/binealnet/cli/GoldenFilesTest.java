package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunLog;
import ai.binealnet.deploy.parity.Activation;
import ai.binealnet.deploy.parity.TrainingGraph;
import ai.binealnet.deploy.runtime.Kernels;
import ai.binealnet.deploy.runtime.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a release wrote is read by all later ones, and means the same to the bit. */
class GoldenFilesTest {
  static List<GoldenFolder> golden() throws IOException {
    return GoldenFolder.all();
  }

  static List<GoldenFolder> classifications() throws IOException {
    return golden().stream().filter(golden -> golden.task().equals("classify")).toList();
  }

  @Test
  void shouldHaveFilesOfEveryTaskFromEveryRelease() throws IOException {
    Map<Path, List<String>> tasks =
        golden().stream()
            .collect(
                Collectors.groupingBy(
                    golden -> golden.root().getParent(),
                    Collectors.mapping(GoldenFolder::task, Collectors.toList())));
    assertThat(tasks).isNotEmpty();
    assertThat(tasks.values())
        .allSatisfy(each -> assertThat(each).containsExactlyInAnyOrder(Tasks.NAMES.split(", ")));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldComputeTheStoredBitsByTheFunctionsInTheFile(GoldenFolder golden) throws IOException {
    requireStoredBits(golden, Kernels.FUNCTIONS);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldComputeTheStoredBitsByTheNativeKernels(GoldenFolder golden) throws IOException {
    assumeTrue(Kernels.AUTOMATIC.areNative(), "built without a C compiler");
    requireStoredBits(golden, Kernels.AUTOMATIC);
  }

  private static void requireStoredBits(GoldenFolder golden, Kernels kernels) throws IOException {
    assertThat(Tasks.ofModel(golden.model()).name()).isEqualTo(golden.task());
    try (Predictor model = Predictor.open(golden.model(), 1, kernels)) {
      assertThat(GoldenFolder.outputs(model, golden.pixels())).isEqualTo(golden.outputs());
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void shouldLoadTheRunThatTheModelIsFrom(GoldenFolder golden) throws IOException {
    requireSameNetwork(Tasks.ofRun(golden.run()), golden);
  }

  private static <C extends TaskConfig> void requireSameNetwork(
      VisionTask<C, ?> task, GoldenFolder golden) throws IOException {
    TrainedNetwork<C, ?> trained = task.runs().load(golden.run());
    TrainingGraph network = new TrainingGraph(trained.network()::forward, trained.config().input());
    try (Predictor model = Predictor.open(golden.model(), 1)) {
      assertThat(model.metadata()).containsEntry(TrainedNetwork.WEIGHTS, trained.weights());
      assertThat(task.stored(model.metadata())).isEqualTo(trained.config());
      byte[] pixels = golden.pixels();
      int size = model.height() * model.width() * model.channels();
      Map<String, Activation> values =
          network.run(
              new Activation.Pixels(
                  pixels.length / size, model.height(), model.width(), model.channels(), pixels));
      List<float[]> outputs =
          model.outputs().stream()
              .map(name -> ((Activation.Real) values.get(name)).values())
              .toList();
      assertThat(GoldenFolder.bytes(outputs)).isEqualTo(golden.outputs());
    }
  }

  /** Only that it goes on: the last bits of a training depend on the processor. */
  @ParameterizedTest
  @MethodSource("classifications")
  void shouldResumeTheRun(GoldenFolder golden, @TempDir Path dir) throws IOException {
    Path run = new Workbench(dir).copy(golden.run(), "run");
    Path data = GoldenData.write(dir.resolve("data"));

    Run result = Run.of("train", "classify", "--resume", run.toString(), "--data", data.toString());

    assertThat(result.code()).as(result.err()).isZero();
    List<Map<String, Double>> rows = RunLog.read(new RunFolder(run).metrics());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).isEqualTo(RunLog.read(new RunFolder(golden.run()).metrics()).get(0));
  }
}

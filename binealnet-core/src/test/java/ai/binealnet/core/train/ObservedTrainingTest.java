package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.instrument.Instruments;
import ai.binealnet.core.instrument.LayerLog;
import ai.binealnet.core.instrument.LayerRow;
import ai.binealnet.core.instrument.Measure;
import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedTrainingTest extends TinyRuns {
  private Map<String, Double> observed(String name, TrainingConfig config, Progress progress) {
    RunFolder run = new RunFolder(dir.resolve(name));
    TinyTask task = new TinyTask(config.seed());
    return new Trainer<>(
            task,
            TinyTask.loader(config.seed()),
            config,
            new Checkpoint(run.checkpoint(), "tiny"),
            new RunLog(run.metrics()),
            progress,
            KERNELS)
        .observedBy(new Instruments(task.parameters(), run))
        .fit();
  }

  private void interruptObserved(String name, TrainingConfig config, Progress progress) {
    assertThatExceptionOfType(Interruption.class)
        .isThrownBy(() -> observed(name, config, progress));
  }

  private String layers(String name) throws IOException {
    return Files.readString(dir.resolve(name).resolve("layers.csv"));
  }

  private List<List<Double>> metricsWithoutTime(String name) {
    return RunLog.read(dir.resolve(name).resolve("metrics.csv")).stream()
        .map(row -> row.keySet().stream().filter(c -> !c.equals("seconds")).map(row::get).toList())
        .toList();
  }

  @Test
  void shouldChangeNothingInTheTraining() {
    TrainingConfig config = config(OptimizerKind.SGD, 1, 2);
    train("plain", config, Progress.NONE);
    Map<String, Double> row = observed("observed", config, Progress.NONE);

    Map<String, String> files = bytes("observed");
    files.keySet().removeIf(file -> file.startsWith("instruments-"));
    assertThat(files).isEqualTo(bytes("plain"));
    assertThat(row)
        .containsKeys("never_flipped", "dead_weights", "constant_channels", "grad_binary");
    assertThat(row.get("flip_ratio"))
        .isEqualTo(
            RunLog.read(dir.resolve("plain/metrics.csv")).get(EPOCHS - 1).get("flip_ratio"),
            org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void shouldMeasureEveryLayerOnceAnEpoch() {
    observed("run", config(OptimizerKind.SGD, 1, 2), Progress.NONE);

    List<LayerRow> rows = LayerLog.read(dir.resolve("run/layers.csv"));
    assertThat(rows)
        .filteredOn(row -> row.epoch() == EPOCHS)
        .extracting(row -> row.layer() + " " + row.kind())
        .contains("conv binary_weight", "conv scale", "act threshold", "stem weight", "head weight")
        .doesNotHaveDuplicates();
    assertThat(rows)
        .filteredOn(row -> row.kind().equals("binary_weight"))
        .hasSize(EPOCHS)
        .allSatisfy(
            row -> {
              assertThat(row.measures().get(Measure.SIZE)).isEqualTo(9 * 8 * 8.0);
              assertThat(row.measures().get(Measure.FLIP_RATIO)).isBetween(1e-9, 1.0);
              assertThat(row.measures().get(Measure.GRADIENT_NORM)).isPositive();
            });
  }

  @ParameterizedTest
  @CsvSource({"1,2", "3,2", "4,2", "6,1", "7,3", "8,2", "14,1"})
  void shouldMeasureTheSameAfterAnInterruption(int steps, int checkpointSteps) throws IOException {
    TrainingConfig config = config(OptimizerKind.SGD, 3, checkpointSteps);
    observed("whole", config, Progress.NONE);
    interruptObserved("parts", config, interruptedAfter(steps));
    observed("parts", config, Progress.NONE);

    assertThat(layers("parts")).isEqualTo(layers("whole"));
    assertThat(metricsWithoutTime("parts")).isEqualTo(metricsWithoutTime("whole"));
  }

  @Test
  void shouldMeasureTheSameAfterAnInterruptionBetweenLogAndCheckpoint() throws IOException {
    TrainingConfig config = config(OptimizerKind.SGD, 3, 2);
    observed("whole", config, Progress.NONE);
    interruptObserved(
        "parts",
        config,
        new Progress() {
          @Override
          public void epoch(int epoch, Map<String, Double> row) {
            if (epoch == 1) {
              throw new Interruption();
            }
          }
        });
    observed("parts", config, Progress.NONE);

    assertThat(layers("parts")).isEqualTo(layers("whole"));
    try (Stream<Path> events = Files.list(dir.resolve("parts"))) {
      assertThat(events.filter(file -> file.toString().contains("tfevents"))).hasSize(2);
    }
  }

  @Test
  void shouldContinueARunThatHasNoInstruments() throws IOException {
    TrainingConfig config = config(OptimizerKind.SGD, 3, 2);
    interrupt("run", config, interruptedAfter(8));
    observed("run", config, Progress.NONE);

    assertThat(RunLog.read(dir.resolve("run/metrics.csv")))
        .hasSize(EPOCHS)
        .allSatisfy(row -> assertThat(row).doesNotContainKey("dead_weights"));
    assertThat(LayerLog.read(dir.resolve("run/layers.csv")))
        .allSatisfy(row -> assertThat(row.epoch()).isGreaterThan(1));
  }

  @Test
  void shouldReportADamagedMemory() throws IOException {
    TrainingConfig config = config(OptimizerKind.SGD, 3, 2);
    interruptObserved("run", config, interruptedAfter(3));
    Path memory = dir.resolve("run/checkpoint/instruments-0000-000002.bin");
    Files.write(memory, new byte[] {0, 0, 0, 1, 0});

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> observed("run", config, Progress.NONE))
        .withMessageContaining(memory.getFileName().toString());
  }
}

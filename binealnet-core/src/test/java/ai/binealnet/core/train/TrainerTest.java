package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest extends TinyRuns {
  @ParameterizedTest
  @EnumSource
  void shouldTrainToTheSameBytesTwice(OptimizerKind optimizer) {
    train("a", config(optimizer, 1, 2), Progress.NONE);
    train("b", config(optimizer, 1, 2), Progress.NONE);
    train("c", config(optimizer, 2, 2), Progress.NONE);

    assertThat(bytes("a")).containsOnlyKeys("state.json", "weights-0003-000000.safetensors");
    assertThat(bytes("b")).isEqualTo(bytes("a"));
    assertThat(bytes("c")).isNotEqualTo(bytes("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "SGD,1,2",
    "SGD,2,2",
    "SGD,3,2",
    "SGD,4,2",
    "SGD,5,2",
    "SGD,6,2",
    "SGD,8,3",
    "SGD,10,1",
    "SGD,11,100",
    "SGD,14,1",
    "SGD,15,2",
    "ADAM,3,2",
    "ADAM,7,1",
    "ADAM,9,3"
  })
  void shouldContinueAnInterruptedTrainingToTheSameBytes(
      OptimizerKind optimizer, int steps, int checkpointSteps) {
    TrainingConfig config = config(optimizer, 3, checkpointSteps);
    train("whole", config, Progress.NONE);
    interrupt("parts", config, interruptedAfter(steps));
    // whatever it starts from, a checkpoint replaces it
    boolean saved = Files.exists(dir.resolve("parts/checkpoint/state.json"));
    assertThat(saved).isEqualTo(steps > Math.min(checkpointSteps, STEPS));
    train("parts", config, new TinyTask(saved ? 99 : config.seed()), Progress.NONE);

    assertThat(bytes("parts")).isEqualTo(bytes("whole"));
  }

  @Test
  void shouldStartAnewWhereNoCheckpointWasWritten() {
    TrainingConfig config = config(OptimizerKind.SGD, 3, 100);
    train("whole", config, Progress.NONE);
    interrupt("parts", config, interruptedAfter(4));
    assertThat(dir.resolve("parts/checkpoint")).doesNotExist();
    train("parts", config, Progress.NONE);

    assertThat(bytes("parts")).isEqualTo(bytes("whole"));
  }

  @Test
  void shouldContinueAfterBeingInterruptedAgainAndAgain() throws IOException {
    TrainingConfig config = config(OptimizerKind.SGD, 4, 1);
    Map<String, Double> whole = train("whole", config, Progress.NONE);
    for (int steps : new int[] {2, 3, 7, 11, 12, 15}) {
      interrupt("parts", config, interruptedAfter(steps));
    }
    Map<String, Double> parts = train("parts", config, Progress.NONE);

    assertThat(bytes("parts")).isEqualTo(bytes("whole"));
    assertThat(parts.get("train_loss")).isEqualTo(whole.get("train_loss"));
    List<Map<String, Double>> rows = RunLog.read(dir.resolve("parts/metrics.csv"));
    assertThat(rows).extracting(row -> row.get("epoch")).containsExactly(1.0, 2.0, 3.0);
    assertThat(rows)
        .extracting(row -> row.get("train_loss"))
        .isEqualTo(
            RunLog.read(dir.resolve("whole/metrics.csv")).stream()
                .map(row -> row.get("train_loss"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldContinueAfterAnInterruptionAtTheEndOfAnEpoch(int last) {
    TrainingConfig config = config(OptimizerKind.SGD, 5, 2);
    train("whole", config, Progress.NONE);
    interrupt(
        "parts",
        config,
        new Progress() {
          @Override
          public void epoch(int epoch, Map<String, Double> row) {
            if (epoch == last) {
              throw new Interruption();
            }
          }
        });
    train("parts", config, Progress.NONE);

    assertThat(bytes("parts")).isEqualTo(bytes("whole"));
  }

  @Test
  void shouldDoNothingMoreWhenDone() {
    TrainingConfig config = config(OptimizerKind.SGD, 6, 2);
    Map<String, Double> row = train("run", config, Progress.NONE);
    Map<String, String> before = bytes("run");

    Map<String, Double> again = train("run", config, interruptedAfter(1));

    assertThat(bytes("run")).isEqualTo(before);
    assertThat(again.keySet()).isEqualTo(row.keySet());
    assertThat(again).containsEntry("epoch", 3.0).containsEntry("val_top1", 0.5);
  }

  @Test
  void shouldDoNothingMoreWhenDoneEvenWithoutItsLog() throws IOException {
    TrainingConfig config = config(OptimizerKind.SGD, 6, 2);
    train("run", config, Progress.NONE);
    Files.delete(dir.resolve("run/metrics.csv"));

    assertThat(train("run", config, Progress.NONE)).isEmpty();
  }

  @Test
  void shouldLearn() {
    List<Double> losses = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    train(
        "run",
        config(OptimizerKind.SGD, 7, 100),
        new Progress() {
          @Override
          public void step(int epoch, int step, int ofSteps, double loss) {
            assertThat(ofSteps).isEqualTo(STEPS);
            steps.add(epoch * STEPS + step);
          }

          @Override
          public void epoch(int epoch, Map<String, Double> row) {
            losses.add(row.get("train_loss"));
            assertThat(row)
                .containsOnlyKeys("train_loss", "val_top1", "rate", "flip_ratio", "seconds");
          }
        });

    assertThat(losses).hasSize(EPOCHS);
    assertThat(losses.get(EPOCHS - 1)).isLessThan(losses.get(0));
    assertThat(steps).hasSize(EPOCHS * STEPS).isSorted().startsWith(1).endsWith(EPOCHS * STEPS);
  }
}

package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.optim.ParameterGroups;
import ai.binealnet.core.optim.Schedule;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final int EPOCHS = 3;
  private static final int STEPS = TinyTask.SAMPLES / 8;
  private static final Kernels KERNELS = new CpuKernels(2);

  @TempDir private Path dir;

  /** What a test interrupts a training with. */
  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static TrainingConfig config(OptimizerKind optimizer, long seed, int checkpointSteps) {
    double rate = optimizer == OptimizerKind.SGD ? 0.05 : 0.005;
    Schedule schedule = new Schedule(Schedule.Kind.COSINE, 0.5, 10);
    return new TrainingConfig(
        EPOCHS,
        8,
        optimizer,
        rate,
        0.9,
        schedule,
        new ParameterGroups(1e-3, 10, 1),
        0.1f,
        seed,
        checkpointSteps);
  }

  private Map<String, Double> train(
      String run, TrainingConfig config, Task<List<TinyTask.Sample>> task, Progress progress) {
    Checkpoint checkpoint = new Checkpoint(dir.resolve(run).resolve("checkpoint"), "tiny");
    RunLog log = new RunLog(dir.resolve(run).resolve("metrics.csv"));
    return new Trainer<>(
            task, TinyTask.loader(config.seed()), config, checkpoint, log, progress, KERNELS)
        .fit();
  }

  private Map<String, Double> train(String run, TrainingConfig config, Progress progress) {
    return train(run, config, new TinyTask(config.seed()), progress);
  }

  /** Hashes of the checkpoint's files by name. */
  private Map<String, String> bytes(String run) {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(dir.resolve(run).resolve("checkpoint"))) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), sha256(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Progress interruptedAfter(int steps) {
    return new Progress() {
      @Override
      public void step(int epoch, int step, int ofSteps, double loss) {
        if (epoch * STEPS + step == steps) {
          throw new Interruption();
        }
      }
    };
  }

  private void interrupt(String run, TrainingConfig config, Progress progress) {
    assertThatExceptionOfType(Interruption.class).isThrownBy(() -> train(run, config, progress));
  }

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

  /** A task whose loss goes through {@code change} at one step of the training. */
  private static Task<List<TinyTask.Sample>> changedAt(
      int badStep, Function<Tape, Function<Variable, Variable>> change) {
    TinyTask task = new TinyTask(8);
    int[] step = {0};
    return new Task<>() {
      @Override
      public List<Parameter> parameters() {
        return task.parameters();
      }

      @Override
      public Variable loss(Tape tape, List<TinyTask.Sample> batch) {
        Variable loss = task.loss(tape, batch);
        return ++step[0] == badStep ? change.apply(tape).apply(loss) : loss;
      }

      @Override
      public Map<String, Double> validate() {
        return task.validate();
      }
    };
  }

  private static Variable replaced(Tape tape, Variable loss, float value, float gradient) {
    return tape.record(
        tape.allocate(Shape.of(1)).fill(value),
        dy -> {
          dy.fill(gradient);
          tape.accumulate(loss, dy);
        });
  }

  private void assertDivergence(Task<List<TinyTask.Sample>> task, int badStep) {
    TrainingConfig config = config(OptimizerKind.SGD, 8, 1);
    interrupt("good", config, interruptedAfter(badStep));
    Map<String, String> good =
        bytes("good"); // one checkpoint a step, the last one before the bad step

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("bad", config, task, Progress.NONE))
        .withMessageContaining("epoch 2, step 3")
        .withMessageContaining("last good checkpoint");

    assertThat(bytes("bad")).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void shouldStopAtALossThatIsNotFinite(float value) {
    assertDivergence(
        changedAt(STEPS + 3, tape -> loss -> replaced(tape, loss, value, 1)), STEPS + 3);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void shouldStopAtAGradientThatIsNotFinite(float gradient) {
    assertDivergence(
        changedAt(STEPS + 3, tape -> loss -> replaced(tape, loss, 1, gradient)), STEPS + 3);
  }

  @Test
  void shouldStopAtPixelsThatAreNotFinite() {
    TinyTask network = new TinyTask(9);
    Task<List<TinyTask.Sample>> task =
        new Task<>() {
          @Override
          public List<Parameter> parameters() {
            return network.parameters();
          }

          @Override
          public Variable loss(Tape tape, List<TinyTask.Sample> batch) {
            float[] pixels = batch.get(0).pixels().clone();
            pixels[3] = Float.NaN;
            List<TinyTask.Sample> bad = new ArrayList<>(batch);
            bad.set(0, new TinyTask.Sample(pixels, 0));
            return network.loss(tape, bad);
          }

          @Override
          public Map<String, Double> validate() {
            return Map.of();
          }
        };

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config(OptimizerKind.SGD, 9, 1), task, Progress.NONE))
        .withMessageContaining("epoch 1, step 1")
        .withMessageContaining("norm1");
    assertThat(dir.resolve("run/checkpoint")).doesNotExist();
  }
}

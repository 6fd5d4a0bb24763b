package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.optim.WeightAverage;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe adds to the plain loop: averages, norms, clipping, the guard. */
class RecipeTest extends TinyRuns {
  private static final String[] ALL = {
    "ema=0.9", "normBatches=3", "clipNorm=1", "nesterov=true", "schedule.kind=ONE_CYCLE"
  };

  private static TrainingConfig recipe(int checkpointSteps, String... more) {
    return config(OptimizerKind.SGD, 3, checkpointSteps, more);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,2", "5,2", "6,2", "8,3", "11,100", "14,1", "15,2"})
  void shouldContinueAnInterruptedRecipeToTheSameBytes(int steps, int checkpointSteps) {
    TrainingConfig config = recipe(checkpointSteps, ALL);
    train("whole", config, Progress.NONE);
    interrupt("parts", config, interruptedAfter(steps));
    train("parts", config, Progress.NONE);

    assertThat(bytes("parts")).isEqualTo(bytes("whole"));
    train("plain", recipe(checkpointSteps), Progress.NONE);
    assertThat(bytes("plain")).isNotEqualTo(bytes("whole"));
  }

  @Test
  void shouldTrainOnWhateverTheAveragesAre() {
    // averages and norms must not touch what training goes on from
    train("plain", recipe(2), Progress.NONE);
    train("averaged", recipe(2, "ema=0.9", "normBatches=2"), Progress.NONE);

    Map<String, float[]> raw = raw("averaged");
    for (Parameter p : restored("plain")) {
      assertThat(raw.get(p.name() + ".raw")).as(p.name()).isEqualTo(p.value().toArray());
    }
  }

  private List<Parameter> restored(String run) {
    List<Parameter> parameters = new TinyTask(99).parameters();
    new Checkpoint(dir.resolve(run).resolve("checkpoint"), "tiny").restore(parameters, Map.of());
    return parameters;
  }

  private Map<String, float[]> raw(String run) {
    List<Parameter> parameters = new TinyTask(98).parameters();
    Map<String, float[]> raw = new WeightAverage(parameters, 0.9).state();
    new Checkpoint(dir.resolve(run).resolve("checkpoint"), "tiny").restore(parameters, raw);
    return raw;
  }

  /** Remembers what it was judged with. */
  private static final class Judged extends TinyTask {
    private final Map<String, float[]> last = new LinkedHashMap<>();

    Judged(long seed) {
      super(seed);
    }

    @Override
    public Map<String, Double> validate() {
      parameters().forEach(p -> last.put(p.name(), p.value().toArray()));
      return super.validate();
    }
  }

  @Test
  void shouldJudgeKeepAndLeaveTheAveragedWeights() {
    Judged task = new Judged(3);
    train("run", recipe(100, "ema=0.9", "normBatches=2"), task, Progress.NONE);

    Map<String, float[]> raw = raw("run");
    for (Parameter p : restored("run")) {
      assertThat(task.last.get(p.name())).as("judged %s", p).isEqualTo(p.value().toArray());
      assertThat(raw.get(p.name() + ".raw")).as("trained %s", p).isNotEqualTo(p.value().toArray());
    }
    for (Parameter p : task.parameters()) {
      assertThat(p.value().toArray()).as("left %s", p).isEqualTo(task.last.get(p.name()));
    }
  }

  @Test
  void shouldGatherTheMomentsOfTheFirstNorm() {
    TinyTask task = new TinyTask(4);
    Parameter mean = parameter(task, "norm1.mean");
    NormStatistics norms = new NormStatistics(KERNELS, new TensorPool());
    norms.gather(task, TinyTask.loader(1), 0, 1);
    float one = mean.value().get(0);
    norms.gather(task, TinyTask.loader(1), 0, 0);
    assertThat(mean.value().get(0)).isEqualTo(one);
    norms.gather(task, TinyTask.loader(1), 0, STEPS);
    float all = mean.value().get(0);

    assertThat(all).isNotEqualTo(one);
    mean.value().fill(77); // what was there before has no part in it
    norms.gather(task, TinyTask.loader(1), 0, 1000);
    assertThat(mean.value().get(0)).as("no more than an epoch").isEqualTo(all);
    double gathered = 0;
    for (int batch = 0; batch < STEPS; batch++) {
      gathered += meanOf(task, batch, mean) / STEPS;
    }
    assertThat((double) all).isCloseTo(gathered, within(1e-6));
  }

  private static Parameter parameter(TinyTask task, String name) {
    return task.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static double meanOf(TinyTask task, int batch, Parameter mean) {
    try (Tape tape = Tape.gathering(KERNELS, new TensorPool(), 0);
        var stream = TinyTask.loader(1).epoch(0, batch)) {
      task.forward(tape, stream.next());
    }
    return mean.value().get(0);
  }

  /** A task whose loss is multiplied from one step on. */
  private static Task<List<TinyTask.Sample>> growing(int from, float factor) {
    TinyTask task = new TinyTask(3);
    int[] step = {0};
    return new Task<>() {
      @Override
      public List<Parameter> parameters() {
        return task.parameters();
      }

      @Override
      public Variable loss(Tape tape, List<TinyTask.Sample> batch) {
        Variable loss = task.loss(tape, batch);
        return step[0]++ < from
            ? loss
            : tape.record(
                tape.allocate(Shape.of(1)).fill(loss.value().get(0) * factor),
                dy -> tape.accumulate(loss, dy));
      }

      @Override
      public Map<String, Double> validate() {
        return task.validate();
      }
    };
  }

  @Test
  void shouldStopWhenTheLossStaysHighAndKeepTheCheckpointBefore() throws IOException {
    TrainingConfig config =
        recipe(1, "divergence.factor=2", "divergence.steps=2", "epochs=" + EPOCHS);
    interrupt("good", config, interruptedAfter(12)); // the last checkpoint: after 11 steps

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("bad", config, growing(11, 1000), Progress.NONE))
        .withMessageContaining("epoch 3, step 4")
        .withMessageContaining("initial loss")
        .withMessageContaining("last good checkpoint");

    assertThat(bytes("bad")).isEqualTo(bytes("good"));
    train("bad", config, Progress.NONE); // the cause removed, it goes on as if nothing had been
    train("whole", config, Progress.NONE);
    assertThat(bytes("bad")).isEqualTo(bytes("whole"));
  }

  @Test
  void shouldNotStopWhenTheGuardIsOff() {
    TrainingConfig config = recipe(1, "divergence.factor=0", "divergence.steps=1");

    assertThat(train("run", config, growing(11, 1000), Progress.NONE)).containsKey("train_loss");
  }

  @Test
  void shouldKeepTheLastCheckpointWhenTheNextCannotBeWritten() throws IOException {
    TrainingConfig config = recipe(2, ALL);
    interrupt("run", config, interruptedAfter(3));
    Map<String, String> good = bytes("run");
    Path obstacle = dir.resolve("run/checkpoint/weights-0000-000004.safetensors");
    Files.createDirectories(obstacle.resolve("in-the-way"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config, Progress.NONE))
        .withMessageContaining("weights-0000-000004")
        .withMessageContaining("disk");

    Files.delete(obstacle.resolve("in-the-way"));
    Files.delete(obstacle);
    assertThat(bytes("run")).isEqualTo(good);
    train("run", config, Progress.NONE);
    train("whole", config, Progress.NONE);
    assertThat(bytes("run")).isEqualTo(bytes("whole"));
  }

  @Test
  void shouldTakeNoMemoryAfterTheFirstSteps() {
    List<Long> sizes = new ArrayList<>();
    TensorPool pool = new TensorPool();
    NormStatistics norms = new NormStatistics(KERNELS, pool);
    for (int i = 0; i < 4; i++) {
      norms.gather(new TinyTask(1), TinyTask.loader(1), i, 2);
      sizes.add(pool.allocatedBytes());
    }

    assertThat(sizes).containsOnly(sizes.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule.warmup=4",
        "schedule.cycle=0",
        "schedule.rise=1",
        "optimizer=adam nesterov=true",
        "momentum=0 nesterov=true",
        "ema=1",
        "ema=-0.1",
        "normBatches=-1",
        "clipNorm=-1",
        "clipNorm=.nan",
        "groups.weights.rate=-1",
        "groups.norms.decay=.inf",
        "groups.decay=[1]",
        "groups.weights=5",
        "groups.biases.rate=1",
        "distillation.weight=0.5",
        "distillation.features=1",
        "distillation.teacher=runs/t",
        "distillation.teacher=runs/t distillation.weight=2",
        "distillation.teacher=runs/t distillation.weight=0.5 distillation.temperature=0",
        "divergence.factor=1",
        "divergence.steps=0",
        "divergence=false",
        "stage=two"
      })
  void shouldRefuseARecipeThatMakesNoSense(String settings) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> recipe(1, settings.split(" ")))
        .satisfies(e -> assertThat(e.remedy()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "schedule.warmup=4, lower training.schedule.warmup",
    "nesterov=true momentum=0, training.momentum=0.9",
    "distillation.weight=0.5, full-precision twin",
    "distillation.teacher=t, training.distillation.weight=0.5"
  })
  void shouldSayWhatToDoAboutAContradiction(String settings, String remedy) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> recipe(1, settings.split(" ")))
        .satisfies(e -> assertThat(e.remedy()).contains(remedy));
  }

  @Test
  void shouldReadFormerKeys() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("old.yaml"), "groups: {decay: 0.01, binaryRate: 3, auxiliaryRate: 0.5}");
    TrainingConfig config = ConfigFile.resolve(TrainingConfig.defaults(3), file, List.of());

    assertThat(config.groups()).isEqualTo(ai.binealnet.core.optim.ParameterGroups.of(0.01, 3, 0.5));
  }
}

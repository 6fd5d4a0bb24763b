package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerDivergenceTest extends TinyRuns {
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

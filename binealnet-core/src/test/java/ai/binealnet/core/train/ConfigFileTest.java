package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.optim.Schedule;
import ai.binealnet.core.train.TrainingConfig.OptimizerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  /** A configuration with another one inside. */
  record Outer(String name, boolean augment, TrainingConfig training) {}

  private static final Outer DEFAULTS = new Outer("x", true, TrainingConfig.defaults(30));

  @TempDir private Path dir;

  private static Outer resolve(Path file, String... overrides) {
    return ConfigFile.resolve(DEFAULTS, file, List.of(overrides));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("config.yaml"), yaml);
  }

  @Test
  void shouldChangeWhatTheFileAndThenTheArgumentsSay() throws IOException {
    Path file =
        file("name: y\ntraining:\n  epochs: 5\n  rate: 0.05\n  schedule: {kind: sgdr, cycle: 4}\n");

    Outer config =
        resolve(file, "training.epochs=7", "training.groups.binaryRate=3", "augment=false");

    assertThat(config.name()).isEqualTo("y");
    assertThat(config.augment()).isFalse();
    assertThat(config.training().epochs()).isEqualTo(7);
    assertThat(config.training().rate()).isEqualTo(0.05);
    assertThat(config.training().schedule())
        .isEqualTo(new Schedule(Schedule.Kind.SGDR, 0.5, 4, 0.3));
    assertThat(config.training().groups().binaryWeights().rate()).isEqualTo(3);
    assertThat(config.training().batch()).isEqualTo(128);
  }

  @Test
  void shouldKeepTheDefaultsWhereNothingIsSaid() throws IOException {
    assertThat(resolve(null)).isEqualTo(DEFAULTS);
    assertThat(resolve(file(""))).isEqualTo(DEFAULTS);
    assertThat(resolve(file("# only a comment\n"))).isEqualTo(DEFAULTS);
  }

  @Test
  void shouldReadWhatItWrote() {
    Outer config =
        resolve(
            null,
            "training.optimizer=adam",
            "training.labelSmoothing=0.25",
            "name=true",
            "training.seed=-5");
    Path file = dir.resolve("written.yaml");
    ConfigFile.write(file, config);

    assertThat(resolve(file)).isEqualTo(config);
    assertThat(config.training().optimizer()).isEqualTo(OptimizerKind.ADAM);
    assertThat(config.name()).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "ADAM", "Adam"})
  void shouldReadEnumsInAnyCase(String name) {
    assertThat(resolve(null, "training.optimizer=" + name).training().optimizer())
        .isEqualTo(OptimizerKind.ADAM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nmae: y",
        "training: {epoch: 5}",
        "training: {schedule: {warm: 1}}",
        "training: {groups: {decay: 1, x: 2}}",
        "training: {epochs: many}",
        "training: {epochs: [1, 2]}",
        "training: {epochs: {a: 1}}",
        "training: {epochs: true}",
        "training: {epochs: 2.5}",
        "training: {epochs: 99999999999}",
        "training: {epochs: 0}",
        "training: {epochs: -3}",
        "training: {rate: fast}",
        "training: {rate: 0}",
        "training: {rate: .nan}",
        "training: {momentum: 1}",
        "training: {optimizer: adamw}",
        "training: {optimizer: 1}",
        "training: {optimizer: null}",
        "training: {optimizer:}",
        "training: {rate: null}",
        "training: {epochs:}",
        "name: ~",
        "training: 5",
        "training: ~",
        "training: [1]",
        "training: {schedule: cosine}",
        "training: {schedule: {kind: linear}}",
        "training: {schedule: {warmup: -1}}",
        "augment: maybe",
        "- a\n- b",
        "just text",
        "5",
        "null",
        "a: [1,",
        "training: {epochs: 1",
        "\tname: y",
        "name: 'y",
        "%YAML 9\n@",
        "name: \u0001",
        "&a: *b"
      })
  void shouldReportABadFile(String yaml) throws IOException {
    Path file = file(yaml);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resolve(file))
        .withMessageContaining("config.yaml");
  }

  @Test
  void shouldNameAnUnknownKeyInFull() throws IOException {
    Path file = file("training:\n  schedule:\n    warm: 1\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resolve(file))
        .satisfies(e -> assertThat(e.actual()).isEqualTo("training.schedule.warm"))
        .satisfies(e -> assertThat(e.expected()).contains("kind", "warmup", "cycle"));
  }

  @Test
  void shouldNameTheKeyOfAWrongValue() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resolve(null, "training.schedule.kind=linear"))
        .satisfies(e -> assertThat(e.expected()).contains("training.schedule.kind"))
        .satisfies(e -> assertThat(e.actual()).contains("linear"));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resolve(null, "training.momentum=2"))
        .satisfies(e -> assertThat(e.actual()).contains("momentum"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "=5",
        "epochs",
        "training.epochs",
        "training.epochs=",
        "training.epochs=x",
        "training.epoch=5",
        "training=5",
        "training.=5",
        ".=5",
        "..=5",
        "training.epochs.x=5",
        "training.rate={",
        "training.rate=[1",
        "training..epochs=5",
        "training.rate='",
        "name.first=x"
      })
  void shouldReportABadArgument(String argument) {
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> resolve(null, argument));
  }

  @Test
  void shouldReportAFileThatCannotBeRead() throws IOException {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resolve(dir.resolve("missing.yaml")))
        .withMessageContaining("missing.yaml");
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> resolve(dir));
    byte[] garbage = new byte[300];
    new java.util.Random(1).nextBytes(garbage);
    Path file = Files.write(dir.resolve("garbage.yaml"), garbage);
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> resolve(file));
    Path endless = file("# ".repeat(1 << 16));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> resolve(endless))
        .withMessageContaining("at most 65536 bytes")
        .withMessageContaining("131072");
    Path deep = file("[".repeat(5000));
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> resolve(deep));
  }
}

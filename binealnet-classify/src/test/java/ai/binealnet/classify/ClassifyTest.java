package ai.binealnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyTest extends SampleRuns {
  @Test
  void shouldLeaveARunThatCanBeLoaded() throws IOException {
    Trained trained = train("run", config(), Start.FRESH);

    assertThat(trained.metrics()).containsKeys("epoch", "train_loss", "val_top1", "top1", "top5");
    for (String name :
        List.of(
            "config.yaml",
            "run.json",
            "metrics.csv",
            "curves.png",
            "summary.txt",
            "checkpoint/state.json")) {
      assertThat(dir.resolve("run").resolve(name)).isNotEmptyFile();
    }
    TrainedNetwork<ClassifyConfig, Classifier> loaded = Classify.RUNS.load(dir.resolve("run"));
    assertThat(loaded.config()).isEqualTo(config());
    ClassifyRun run =
        new ClassifyRun(loaded.config(), ClassificationData.open(data), loaded.network());
    assertThat(run.evaluate(Part.TEST).metrics()).isEqualTo(trained.test().metrics());
    ModelGraph graph = loaded.graph();
    assertThat(graph.metadata())
        .containsEntry("provenance.git_commit", "abc")
        .containsEntry("provenance.weights", loaded.weights())
        .containsKey("metrics.val_top1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void shouldResumeToTheSameBytes(int steps) throws IOException {
    train("whole", config(), Start.FRESH);
    Progress killed = new Killed(steps, new int[1]);
    assertThatExceptionOfType(Killed.Signal.class)
        .isThrownBy(
            () ->
                Classify.RUNS.train(
                    config(), data, dir.resolve("part"), PROVENANCE, Start.FRESH, killed));

    Path moved = Files.move(data, dir.resolve("moved"));
    Classify.RUNS.resume(dir.resolve("part"), moved, Progress.NONE);

    assertSameBytes(dir.resolve("part").resolve(WEIGHTS), dir.resolve("whole").resolve(WEIGHTS));
    assertSameBytes(
        dir.resolve("part/checkpoint/state.json"), dir.resolve("whole/checkpoint/state.json"));
  }

  @Test
  void shouldReadTheRunsOfEarlierVersions() throws IOException {
    train("run", config("training.epochs=1"), Start.FRESH);
    Path info = dir.resolve("run/run.json");
    String text = Files.readString(info);
    String old = text.replaceAll("(?s),\\s*\"init\".*\\}", "}");
    assertThat(old).isNotEqualTo(text).doesNotContain("teacher");
    Files.writeString(info, old);
    Path config = dir.resolve("run/config.yaml");
    String yaml = Files.readString(config);
    Files.writeString(
        config,
        yaml.replaceAll("(?s)  groups:.*?  clipNorm", "  groups:\n    decay: 0.0005\n  clipNorm")
            .replaceAll("(?s)augment:.*", "augment: true\n"));

    TrainedNetwork<ClassifyConfig, Classifier> loaded = Classify.RUNS.load(dir.resolve("run"));

    assertThat(loaded.config()).isEqualTo(config("training.epochs=1"));
    assertThat(Classify.RUNS.resume(dir.resolve("run"), null, Progress.NONE).metrics())
        .isNotEmpty();
  }

  @Test
  void shouldRefuseToResumeOnOtherData() throws IOException {
    train("run", config(), Start.FRESH);
    copyRecords("data_batch_1.bin", 61);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Classify.RUNS.resume(dir.resolve("run"), null, Progress.NONE))
        .withMessageContaining("data");
  }

  @Test
  void shouldStartFromTheBackboneOfAnotherRun() throws IOException {
    train("first", config(), Start.FRESH);
    ClassifyConfig still =
        config(
            "training.rate=1e-30",
            "training.seed=9",
            "training.epochs=1",
            "training.groups.decay=0");
    train("second", still, Start.backbone(dir.resolve("first")));

    float[] first =
        Classify.RUNS.load(dir.resolve("first")).network().parameters().get(0).value().toArray();
    assertThat(
            Classify.RUNS
                .load(dir.resolve("second"))
                .network()
                .parameters()
                .get(0)
                .value()
                .toArray())
        .isEqualTo(first);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () -> train("third", config("backbone.width=1"), Start.backbone(dir.resolve("first"))))
        .withMessageContaining("first");
    assertThat(dir.resolve("third")).doesNotExist();
  }

  @Test
  void shouldRefuseAFolderInUse() throws IOException {
    Path used = Files.createDirectory(dir.resolve("used"));
    Files.writeString(used.resolve("note"), "mine");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("used", config(), Start.FRESH));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("data/test_batch.bin", config(), Start.FRESH));
    assertThat(used.toFile().list()).containsExactly("note");
  }

  @Test
  void shouldReportUnknownNetworks() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config("backbone.network=vgg"), Start.FRESH))
        .withMessageContaining("resnet20");
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void shouldReportADamagedRun() throws IOException {
    Path run = dir.resolve("run");
    train("run", config("training.epochs=1"), Start.FRESH);
    for (String info :
        List.of("", "null", "{}", "[]", "garbage", "{\"task\":\"detect\"}", "{\"task\":null}")) {
      Files.writeString(run.resolve("run.json"), info);

      assertThatExceptionOfType(UserError.class).as(info).isThrownBy(() -> Classify.RUNS.load(run));
      assertThatExceptionOfType(UserError.class)
          .as(info)
          .isThrownBy(() -> Classify.RUNS.resume(run, null, Progress.NONE));
    }
  }

  @Test
  void shouldReportWhatIsNoRun() {
    for (String path : new String[] {"none", "data", "data/test_batch.bin"}) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(() -> Classify.RUNS.load(dir.resolve(path)));
    }
  }
}
